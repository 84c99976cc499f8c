package dev.splitreason.data.annotate;

import dev.splitreason.data.store.Status;
import dev.splitreason.data.tagged.ScoredSpan;
import java.util.List;

/** What an annotator says about one trace. */
public sealed interface Annotation {

  /** What it cost. */
  Cost cost();

  /**
   * The hard parts.
   *
   * @param spans ordered and disjoint, at least one
   * @param unmatched snippets that were found nowhere
   */
  record Found(List<ScoredSpan> spans, List<String> unmatched, Cost cost) implements Annotation {}

  /**
   * None, and why.
   *
   * @param status what it counts as; not {@link Status#ANNOTATED}
   * @param detail why, in a line
   */
  record Rejected(Status status, String detail, List<String> unmatched, Cost cost)
      implements Annotation {}

  /**
   * Tokens and money.
   *
   * @param promptTokens read
   * @param completionTokens written
   * @param money in the unit of the prices given
   */
  record Cost(long promptTokens, long completionTokens, double money) {

    /** Free. */
    public static final Cost NONE = new Cost(0, 0, 0);

    /** Both together. */
    Cost plus(long morePromptTokens, long moreCompletionTokens, double moreMoney) {
      return new Cost(
          promptTokens + morePromptTokens,
          completionTokens + moreCompletionTokens,
          money + moreMoney);
    }
  }
}
