package dev.splitreason.core.trace;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;

/**
 * How a pair marks its spans and how far they go.
 *
 * @param tags how the tags are spelled
 * @param chunk the most tokens of a span after which the small model is asked whether it would
 *     close
 * @param cap the most tokens of one span
 */
public record SpanSettings(TagSpelling tags, int chunk, int cap) {

  /**
   * A pair's that says nothing else: the paper's spelling, a look after every 8 tokens, and the cap
   * of the code published with it (arXiv 2504.16379).
   */
  public static final SpanSettings DEFAULT = new SpanSettings(TagSpelling.BIGMODEL, 8, 512);

  /** A pair's of which only the length of its spans is special. */
  public static SpanSettings of(int chunk, int cap) {
    return new SpanSettings(DEFAULT.tags, chunk, cap);
  }

  public SpanSettings {
    if (chunk < 1 || cap < 1) {
      throw new UserMistake(
          "chunk and span cap must be at least 1 token, not " + chunk + " and " + cap);
    }
  }
}
