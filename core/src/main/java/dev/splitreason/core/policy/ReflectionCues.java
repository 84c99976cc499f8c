package dev.splitreason.core.policy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Speculative Thinking (arXiv 2504.12329): where the (base) small model begins to reflect, with a
 * word such as "Wait", the large model writes the rest of the sentence.
 *
 * <p>RelayGen (arXiv 2602.06454) switches by such cues too, the other way round: its large model
 * writes, and cues of easy stretches hand over to the small one.
 *
 * @param cues words that hand over, in any case; the label has them in lower case
 */
public record ReflectionCues(List<String> cues) implements Policy {

  /** As {@link Policy#parse} reads it. */
  static final String NAME = "cues";

  private static final String SEPARATOR = "|";

  /** Words by which reasoning models turn back on what they wrote (arXiv 2504.12329, table 1). */
  public static final ReflectionCues USUAL =
      new ReflectionCues(List.of("wait", "hmm", "alternatively", "however", "verify", "check"));

  public ReflectionCues {
    cues = cues.stream().map(cue -> cue.strip().toLowerCase(Locale.ROOT)).distinct().toList();
    if (cues.isEmpty() || cues.stream().anyMatch(String::isEmpty)) {
      throw new UserMistake("the policy cues needs words that hand over, as in cues:wait|hmm");
    }
  }

  static ReflectionCues parse(String words) {
    return new ReflectionCues(Arrays.asList(words.split("\\" + SEPARATOR, -1)));
  }

  @Override
  public String label() {
    return equals(USUAL) ? NAME : NAME + ":" + String.join(SEPARATOR, cues);
  }

  /** The turns of one answer. */
  TurnTaking turns(OffloadBudget budget, int spanCap) {
    return progress -> {
      boolean cued = progress.lastEnd() == LastEnd.CUE;
      return cued && budget.hasRoom(progress)
          ? Turn.Large.within(budget, spanCap, progress).until(new Until.Sentence())
          : Turn.Small.alone(progress.remaining()).until(new Until.Cue(cues));
    };
  }
}
