/**
 * Answers in sentences: which value a sentence states.
 *
 * <p>Works on text as people and models write it; gives back the pieces of text that state its
 * value, the likeliest first. It deliberately knows nothing about what a value is worth. Start at
 * {@link dev.splitreason.answers.check.prose.Conclusion}.
 */
@NullMarked
package dev.splitreason.answers.check.prose;

import org.jspecify.annotations.NullMarked;
