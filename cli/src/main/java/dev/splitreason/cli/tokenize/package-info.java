/**
 * {@code splitreason tokenize}: how a model sees a text.
 *
 * <p>Works on a text and a model's vocabulary; gives back tokens. It deliberately knows nothing
 * about prompts or answers.
 */
@NullMarked
package dev.splitreason.cli.tokenize;

import org.jspecify.annotations.NullMarked;
