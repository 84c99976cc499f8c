package dev.splitreason.training.loop;

import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Transformer;

/** A model that trains in no time. */
final class TinyModel {

  static final int VOCABULARY = 24;

  private TinyModel() {}

  static Transformer create() {
    var config =
        new ModelShape(
            ModelFamily.QWEN2, VOCABULARY, 16, 2, 2, 1, 8, 32, 1e-6, Rope.of(10_000), 64, true);
    return Transformer.random(config, Initialization.scaled(0.7, 0.1), 1);
  }
}
