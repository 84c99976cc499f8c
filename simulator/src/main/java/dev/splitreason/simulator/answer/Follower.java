package dev.splitreason.simulator.answer;

/**
 * Keeps a model warm while the other one writes: prefills, off the critical path, whenever a chunk
 * has come together.
 */
final class Follower {

  private final Side model;
  private final int chunk;
  private boolean following;
  private boolean prefilling;

  Follower(Side model, int chunk) {
    this.model = model;
    this.chunk = chunk;
  }

  /** The other model has written so many tokens of text. */
  void sees(int tokens) {
    model.misses(tokens);
    advance();
  }

  /** The model's sequence is free to follow. */
  void follow() {
    following = true;
    advance();
  }

  /** The model writes now, and prefills itself what it has not seen. */
  void rest() {
    following = false;
  }

  private void advance() {
    if (!following || prefilling || model.missing() < chunk) {
      return;
    }
    prefilling = true;
    model.catchUp(
        () -> {
          prefilling = false;
          advance();
        });
  }
}
