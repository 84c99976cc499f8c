/**
 * What a model learns from.
 *
 * <p>Works on questions and responses; gives back tokens with the weight of each in the loss, and
 * batches of them. It deliberately knows nothing about models, losses or files.
 */
@NullMarked
package dev.splitreason.training.example;

import org.jspecify.annotations.NullMarked;
