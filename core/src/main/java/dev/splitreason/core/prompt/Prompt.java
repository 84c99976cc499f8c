package dev.splitreason.core.prompt;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rendered prompt: parts in order, each either trusted scaffold, in which control tokens are
 * meant, or plain text.
 *
 * @param parts never two neighbours of the same kind
 * @param ids the tokens that the parts are, where whoever asks gives tokens; null where a model's
 *     own tokenizer tells
 */
public record Prompt(List<Part> parts, int @Nullable [] ids) {

  /** A prompt of text. */
  public Prompt(List<Part> parts) {
    this(parts, null);
  }

  /** A prompt of tokens, and the text that they spell. */
  public static Prompt ofIds(int[] ids, String text) {
    return new Prompt(List.of(new Part(text, true)), ids);
  }

  /**
   * A piece of a prompt.
   *
   * @param text its characters
   * @param scaffold whether spellings of control tokens in it are control tokens
   */
  public record Part(String text, boolean scaffold) {}

  public Prompt {
    parts = List.copyOf(parts);
  }

  /** The prompt as one string, for models that take only text. */
  public String text() {
    return parts.stream().map(Part::text).collect(Collectors.joining());
  }
}
