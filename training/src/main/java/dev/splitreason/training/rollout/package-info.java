/**
 * Answers to learn from, sampled with the weights in training.
 *
 * <p>Works on problems and the two models of a pair; gives back rollouts: every token with its
 * author, and the small model's actions with their log-probabilities. {@link
 * dev.splitreason.training.rollout.TorchModel} lets core's split decoder and batch loop drive the
 * training weights like any other model, hundreds of answers in one batch. It deliberately knows
 * nothing about rewards or losses.
 */
@NullMarked
package dev.splitreason.training.rollout;

import org.jspecify.annotations.NullMarked;
