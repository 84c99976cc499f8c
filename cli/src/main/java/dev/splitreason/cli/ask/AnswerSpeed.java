package dev.splitreason.cli.ask;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.TokenTime;
import java.util.List;

/** How fast each model wrote its part of an answer. */
final class AnswerSpeed {

  private AnswerSpeed() {}

  /**
   * Kept tokens a second while it was the author's turn: each token took the time since the one
   * before it, whoever wrote that. The answer's first token counts for nothing, since it waits for
   * the prompt.
   *
   * @return NaN if there is nothing to measure
   */
  static double tokensPerSecond(Author author, List<TokenTime> times) {
    int tokens = 0;
    double seconds = 0;
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i).author() == author) {
        tokens++;
        seconds += times.get(i).seconds() - times.get(i - 1).seconds();
      }
    }
    return seconds > 0 ? tokens / seconds : Double.NaN;
  }
}
