/**
 * Group relative policy optimisation (GRPO, arXiv 2402.03300) of a small model that may hand over:
 * from rewards to advantages to a clipped loss, the loop around them, and the run from a
 * configuration to its folder.
 *
 * <p>Works on two checkpoints, problems and a configuration; gives back the trained small model. It
 * deliberately knows nothing about how an answer is decoded or what a reward looks at.
 */
@NullMarked
package dev.splitreason.training.grpo;

import org.jspecify.annotations.NullMarked;
