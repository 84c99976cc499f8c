package dev.splitreason.training.example;

import dev.splitreason.core.error.UserMistake;
import java.util.ArrayList;
import java.util.List;

/**
 * The longest example, and what becomes of longer ones. Nothing is lost in silence: {@link Kept}
 * counts.
 *
 * @param tokens the longest
 * @param longer what becomes of longer ones
 */
public record LengthLimit(int tokens, Longer longer) {

  /** What becomes of examples that are too long. */
  public enum Longer {
    /** They are left out. */
    DROP,
    /** Their end is left out, so the model does not learn to end there. */
    CUT
  }

  /**
   * What a limit left.
   *
   * @param examples in their order
   * @param dropped how many were left out: too long, or with nothing left to learn
   * @param cut how many lost their end
   */
  public record Kept(List<Example> examples, int dropped, int cut) {
    public Kept {
      examples = List.copyOf(examples);
    }
  }

  public LengthLimit {
    if (tokens < 2) {
      throw new UserMistake("an example has room for 2 tokens or more, not " + tokens);
    }
  }

  /** Applies the limit. */
  public Kept keep(List<Example> examples) {
    List<Example> kept = new ArrayList<>();
    int dropped = 0;
    int cut = 0;
    for (Example example : examples) {
      boolean isLong = example.length() > tokens;
      Example limited = isLong ? example.cut(tokens) : example;
      if ((isLong && longer == Longer.DROP) || limited.weight() == 0) {
        dropped++;
        continue;
      }
      cut += isLong ? 1 : 0;
      kept.add(limited);
    }
    return new Kept(kept, dropped, cut);
  }
}
