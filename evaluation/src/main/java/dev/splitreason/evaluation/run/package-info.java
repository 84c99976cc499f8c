/**
 * Evaluation runs: every policy answers every problem, and everything is kept.
 *
 * <p>Works on a benchmark and open pairs of models; gives back one {@link
 * dev.splitreason.evaluation.run.Sample} for each answer, in a file that a killed run goes on from.
 * It deliberately knows nothing about engines, statistics or how results are shown. Start at {@link
 * dev.splitreason.evaluation.run.EvaluationRun}.
 */
@NullMarked
package dev.splitreason.evaluation.run;

import org.jspecify.annotations.NullMarked;
