package dev.splitreason.pairs;

import dev.splitreason.pairs.open.OpenPair;

/**
 * Opens pairs of models, in one line each: the way in for programs.
 *
 * <pre>{@code
 * try (OpenPair pair = Pairs.open("chain")) {
 *   System.out.println(pair.ask("Start with 37. …").answer());
 * }
 * }</pre>
 */
public final class Pairs {

  private Pairs() {}

  /**
   * Opens a pair by name: the bundled {@code chain}, or one of {@code splitreason.yaml}.
   *
   * @throws dev.splitreason.core.error.UserMistake if there is none of that name
   * @throws dev.splitreason.core.model.ModelException if a model cannot be opened
   */
  public static OpenPair open(String name) {
    return builder().pair(name).open();
  }

  /**
   * Opens two models as a pair. Each is a GGUF file, {@code URL#model} of an OpenAI-compatible
   * server, or a name of {@code splitreason.yaml}; their prompt templates are those stored with the
   * weights or named there.
   *
   * @throws dev.splitreason.core.error.UserMistake if a location cannot be one
   * @throws dev.splitreason.core.model.ModelException if a model cannot be opened
   */
  public static OpenPair open(String small, String large) {
    return builder().small(small).large(large).open();
  }

  /** A pair to be described further before it is opened. */
  public static PairBuilder builder() {
    return new PairBuilder();
  }
}
