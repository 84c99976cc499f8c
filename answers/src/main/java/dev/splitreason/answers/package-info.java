/**
 * Final answers: finding one in a response, and judging whether two are the same.
 *
 * <p>Works on strings, each a bare answer or a whole response; gives back the answer, or a verdict
 * with the rule that reached it. It deliberately knows nothing about models, problems or rewards,
 * so that it can be used alone. Start at {@link dev.splitreason.answers.check.AnswerChecker}.
 */
@NullMarked
package dev.splitreason.answers;

import org.jspecify.annotations.NullMarked;
