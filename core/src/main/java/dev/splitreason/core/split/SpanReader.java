package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.policy.Turn;
import java.util.List;

/**
 * How the small model reads a span while the large one writes it, and where it would close it. Owns
 * the small model's session until {@link #keep}.
 */
interface SpanReader {

  /** The answer of {@link #read} for a span that goes on. */
  int OPEN = -1;

  /** The answer of {@link #read} when the small model's context is full before the span's end. */
  int FULL = -2;

  /** The best reader that the models allow: by scores of ids, by scores of text, by probes. */
  static SpanReader of(Turn.Close close, Answer answer) {
    View small = answer.small();
    TagTokens tags = answer.tags();
    if (close instanceof Turn.Close.AtTag && !small.model().capabilities().scoring()) {
      return new ProbingSpanReader(small, tags, answer.sampling(), answer.pair().chunk());
    }
    CloseTest test =
        switch (close) {
          case Turn.Close.Never() -> throw new IllegalArgumentException("nothing closes the span");
          case Turn.Close.WhenCertain(double threshold) -> CloseTest.whenCertain(threshold);
          case Turn.Close.AtTag() ->
              tags.single()
                  ? CloseTest.atToken(tags, answer.sampling())
                  : CloseTest.atSpelling(tags, answer.sampling());
        };
    return answer.exchangesIds()
        ? new IdSpanReader(small, test)
        : new TextSpanReader(small, test, answer.pair().chunk());
  }

  /**
   * Reads further tokens of the span.
   *
   * @param last whether nothing more is coming, so that nothing need be held back
   * @return after how many tokens of the span the small model closes it, at least 1 and never
   *     inside a character; {@link #OPEN}, or {@link #FULL} behind the last token that fits
   * @throws dev.splitreason.core.model.ModelException of kind {@code CONTEXT_OVERFLOW} for {@link
   *     #FULL}, where only the model itself knows
   */
  int read(List<Token> tokens, boolean last) throws InterruptedException;

  /** How many tokens of the span have been read without closing it. */
  int judged();

  /** Leaves the small model's session with the span's first tokens only. */
  void keep(int tokens) throws InterruptedException;
}
