/**
 * JSON Lines files: one JSON object a line, UTF-8.
 *
 * <p>Works on files; gives back lines with their numbers and places, and writes lines so that the
 * target is either complete or untouched. It deliberately knows nothing about what the objects
 * mean.
 */
@NullMarked
package dev.splitreason.files.jsonl;

import org.jspecify.annotations.NullMarked;
