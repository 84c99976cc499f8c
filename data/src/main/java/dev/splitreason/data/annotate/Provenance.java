package dev.splitreason.data.annotate;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where annotations come from.
 *
 * @param annotator llm, divergence, replay or tags
 * @param model the model or models asked; the file for replay
 * @param promptVersion which wording, or null for none
 * @param settings all else that decides the outcome, by the names of the options that say it
 */
public record Provenance(
    String annotator,
    String model,
    @Nullable String promptVersion,
    SequencedMap<String, String> settings) {}
