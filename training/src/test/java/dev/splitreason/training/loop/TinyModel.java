package dev.splitreason.training.loop;

import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.model.Initialization;
import dev.splitreason.training.model.Qwen2;

/** A model that trains in no time. */
final class TinyModel {

  static final int VOCABULARY = 24;

  private TinyModel() {}

  static Qwen2 create() {
    var config =
        new ModelShape(ModelFamily.QWEN2, VOCABULARY, 16, 2, 2, 1, 8, 32, 1e-6, 10_000, 64, true);
    return Qwen2.random(config, Initialization.scaled(0.7, 0.1), 1);
  }
}
