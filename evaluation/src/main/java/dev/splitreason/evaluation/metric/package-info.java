/**
 * Figures of an evaluation and how sure they are.
 *
 * <p>Works on samples; gives back accuracies, their intervals and their differences. It
 * deliberately knows nothing about how samples are drawn or figures are drawn. Start at {@link
 * dev.splitreason.evaluation.metric.Results}.
 */
@NullMarked
package dev.splitreason.evaluation.metric;

import org.jspecify.annotations.NullMarked;
