package dev.splitreason.core.prompt;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A rendered prompt: parts in order, each either trusted scaffold, in which control tokens are
 * meant, or plain text.
 *
 * @param parts never two neighbours of the same kind
 */
public record Prompt(List<Part> parts) {

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
