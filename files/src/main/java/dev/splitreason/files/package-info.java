/**
 * The files that users give and get: lines of JSON, YAML settings, recorded answers.
 *
 * <p>Works on paths and text; gives back records, each error with its file and line, and writes so
 * that a target is either complete or untouched. It deliberately does not know what the settings
 * and rows are for.
 */
@NullMarked
package dev.splitreason.files;

import org.jspecify.annotations.NullMarked;
