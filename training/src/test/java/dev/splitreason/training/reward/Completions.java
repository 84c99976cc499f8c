package dev.splitreason.training.reward;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.outline.OutlineTurn;
import java.util.ArrayList;
import java.util.List;

/** Answers to be judged. */
final class Completions {

  private static final int PROMPT = 40;

  private Completions() {}

  /** A finished answer of which only the text matters. */
  static Completion saying(String text) {
    return new Completion("20", text, true, PROMPT, List.of(new OutlineTurn(Author.SMALL, 1, 0)));
  }

  /** An answer cut off by its token budget. */
  static Completion cutOff(String text) {
    return new Completion("20", text, false, PROMPT, List.of(new OutlineTurn(Author.SMALL, 1, 0)));
  }

  /** An answer of so many tokens by the small model around each span of the large one. */
  static Completion withSpans(int between, int... spans) {
    List<OutlineTurn> turns = new ArrayList<>();
    for (int i = 0; i <= spans.length; i++) {
      int tags = (i > 0 ? 1 : 0) + (i < spans.length ? 1 : 0);
      turns.add(new OutlineTurn(Author.SMALL, between + tags, tags));
      if (i < spans.length) {
        turns.add(new OutlineTurn(Author.LARGE, spans[i], 0));
      }
    }
    return new Completion("20", "", true, PROMPT, turns);
  }
}
