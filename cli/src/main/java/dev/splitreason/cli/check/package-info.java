/**
 * {@code splitreason check}: compares answers with reference answers.
 *
 * <p>Works on options; gives back a verdict a line. It deliberately knows nothing about when two
 * answers are equal.
 */
@NullMarked
package dev.splitreason.cli.check;

import org.jspecify.annotations.NullMarked;
