package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import java.util.List;

/**
 * How the small model reads a span while the large one writes it, and where it would close it. Owns
 * the small model's session until {@link #keep}.
 */
interface SpanReader {

  /** The answer of {@link #read} for a span that goes on. */
  int OPEN = -1;

  /**
   * Reads further tokens of the span.
   *
   * @param last whether nothing more is coming, so that nothing need be held back
   * @return after how many tokens of the span the small model closes it, at least 1 and never
   *     inside a character, or {@link #OPEN}
   */
  int read(List<Token> tokens, boolean last) throws InterruptedException;

  /** How many tokens of the span have been read without closing it. */
  int judged();

  /** Leaves the small model's session with the span's first tokens only. */
  void keep(int tokens) throws InterruptedException;
}
