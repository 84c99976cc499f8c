package dev.splitreason.training.rollout;

import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.GgufImport;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.model.Transformer;
import java.nio.file.Path;

/** The bundled pair's weights and vocabulary, to train on from. */
public final class BundledModels {

  private BundledModels() {}

  /** {@code small}, {@code small-split} or {@code large}. */
  public static Transformer weights(String name) {
    return checkpoint(name).model();
  }

  /** The vocabulary that they share. */
  public static JsonTokenizer tokenizer() {
    try (Checkpoint small = checkpoint("small")) {
      return small.tokenizer();
    }
  }

  private static Checkpoint checkpoint(String name) {
    return GgufImport.read(Path.of("../models", name + ".gguf"));
  }
}
