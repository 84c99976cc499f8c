package dev.splitreason.data.match;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What counts as found, and what is done with it.
 *
 * @param threshold the least similarity of a match, 0 … 1
 * @param mergeGap spans with at most this many UTF-16 units between them become one
 * @param tags the tags that wrap a span, and that may already stand in the text
 */
public record MatchOptions(double threshold, int mergeGap, TagSpelling tags) {

  /**
   * Between wrong snippets and badly copied ones, as {@code benchmarks/snippet-matching} measures
   * them; arXiv 2504.16379's code has 0.5 on difflib's ratio, which wrong snippets pass.
   */
  public static final double DEFAULT_THRESHOLD = 0.7;

  /** UTF-16 units between spans that are merged (arXiv 2504.16379). */
  public static final int DEFAULT_MERGE_GAP = 10;

  /** The defaults with the paper's tags. */
  public static final MatchOptions DEFAULT =
      new MatchOptions(DEFAULT_THRESHOLD, DEFAULT_MERGE_GAP, TagSpelling.BIGMODEL);

  public MatchOptions {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new UserMistake("the match threshold must be above 0 and at most 1, not " + threshold);
    }
    if (mergeGap < 0) {
      throw new UserMistake("the merge gap must be 0 or more, not " + mergeGap);
    }
  }

  /** What decides which snippets are found, by the names of the options that say it. */
  public SequencedMap<String, String> settings() {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("--threshold", Double.toString(threshold));
    settings.put("--merge-gap", Integer.toString(mergeGap));
    return settings;
  }

  /** The same options with another threshold. */
  public MatchOptions withThreshold(double threshold) {
    return new MatchOptions(threshold, mergeGap, tags);
  }
}
