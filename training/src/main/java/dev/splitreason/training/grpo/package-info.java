/**
 * Group relative policy optimisation (GRPO, arXiv 2402.03300) of a small model that may hand over:
 * rewards to advantages to a clipped loss, and the loop around them.
 *
 * <p>Works on rollouts and their rewards; gives back updated weights and metrics. It deliberately
 * knows nothing about where rollouts come from or what a reward looks at.
 */
@NullMarked
package dev.splitreason.training.grpo;

import org.jspecify.annotations.NullMarked;
