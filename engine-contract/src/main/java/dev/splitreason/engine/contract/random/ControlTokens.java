package dev.splitreason.engine.contract.random;

import java.util.HashSet;
import java.util.List;

/**
 * The control tokens of a made-up vocabulary.
 *
 * @param spellings each a single token, given the last ids of the vocabulary in this order
 * @param begin the spelling of the one that begins a text
 * @param end the spelling of the one that ends a text
 */
public record ControlTokens(List<String> spellings, String begin, String end) {

  /** Those of the bundled pair: DeepSeek-R1's turns, thinking, answers, and the hand-off tags. */
  public static final ControlTokens OF_THE_BUNDLED_PAIR =
      new ControlTokens(
          List.of(
              "<pad>",
              "<｜begin▁of▁sentence｜>",
              "<｜end▁of▁sentence｜>",
              "<｜User｜>",
              "<｜Assistant｜>",
              "<think>",
              "</think>",
              "<answer>",
              "</answer>",
              "<bigmodel>",
              "</bigmodel>"),
          "<｜begin▁of▁sentence｜>",
          "<｜end▁of▁sentence｜>");

  /**
   * Checks that both ends are among the spellings, and no spelling is given twice.
   *
   * @throws IllegalArgumentException if not
   */
  public ControlTokens {
    spellings = List.copyOf(spellings);
    if (new HashSet<>(spellings).size() != spellings.size()) {
      throw new IllegalArgumentException("a control token is given twice: " + spellings);
    }
    if (!spellings.contains(begin) || !spellings.contains(end)) {
      throw new IllegalArgumentException(
          "'" + begin + "' and '" + end + "' must be among the control tokens " + spellings);
    }
  }
}
