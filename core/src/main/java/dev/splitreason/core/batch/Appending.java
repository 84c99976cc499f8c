package dev.splitreason.core.batch;

/** When the tokens that a session appends are evaluated. */
public enum Appending {
  /**
   * At once, but for the last one: an answer begins soon, and who reads along stays warm. For
   * models that somebody waits for.
   */
  PREFILLS,
  /**
   * When logits after them are wanted, together with the token whose they are: a prompt, or what
   * another model wrote and the tag behind it, costs no batch of its own. For many sessions of
   * which only the throughput counts.
   */
  WAITS
}
