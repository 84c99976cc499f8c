/**
 * Whether an answer equals a reference answer.
 *
 * <p>Works on two strings, each a bare answer or a whole response; gives back a {@link Verdict}. It
 * deliberately knows nothing about problems, models or rewards. Start at {@link AnswerChecker}.
 */
@NullMarked
package dev.splitreason.answers.check;

import org.jspecify.annotations.NullMarked;
