/**
 * What an answer is worth in training: small rewards with a documented formula each, and their
 * weighted sum.
 *
 * <p>Works on finished answers: text, and who wrote how much of it; gives back numbers. It
 * deliberately knows nothing about models, groups of answers or how a policy is updated.
 */
@NullMarked
package dev.splitreason.training.reward;

import org.jspecify.annotations.NullMarked;
