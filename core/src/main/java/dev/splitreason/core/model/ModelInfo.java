package dev.splitreason.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a model says about itself.
 *
 * @param name how the user named it: a file name, or {@code URL#model}
 * @param description architecture, size and quantisation in a few words, as the engine tells it
 * @param parameters the number of weights, or 0 if unknown
 * @param contextLength the most tokens one session may hold
 * @param chatTemplate the chat template stored with the weights (Jinja source), or null
 */
public record ModelInfo(
    String name,
    String description,
    long parameters,
    int contextLength,
    @Nullable String chatTemplate) {}
