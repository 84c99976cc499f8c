/**
 * Transformers of all families on libtorch. It works on token ids and gives back hidden states and
 * logits, differentiable or with a KV cache; it knows neither files nor text nor losses.
 */
@NullMarked
package dev.splitreason.training.model;

import org.jspecify.annotations.NullMarked;
