package dev.splitreason.core.batch;

import dev.splitreason.core.sampling.Sampler;

/** Evaluates all of a sequence but its last token, whose logits nobody may ever want. */
final class Prefill extends Work {

  Prefill(Sequence sequence) {
    super(sequence);
  }

  @Override
  void begin(Sampler sampler) {
    if (sequence.evaluated() >= target()) {
      finish();
    }
  }

  @Override
  int target() {
    return sequence.length() - 1;
  }

  @Override
  int logitsFrom() {
    return Integer.MAX_VALUE;
  }

  @Override
  void onLogits(int position, float[] logits, Sampler sampler) {
    throw new AssertionError("prefilling asks for no logits");
  }

  @Override
  void onTarget() {
    finish();
  }
}
