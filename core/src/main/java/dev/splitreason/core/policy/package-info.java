/**
 * Who writes the next token of an answer, and what that may cost.
 *
 * <p>Works on options and token counts; gives back policies and budgets. It deliberately knows
 * nothing about models: {@link dev.splitreason.core.split.SplitDecoder} carries a policy out.
 */
@NullMarked
package dev.splitreason.core.policy;

import org.jspecify.annotations.NullMarked;
