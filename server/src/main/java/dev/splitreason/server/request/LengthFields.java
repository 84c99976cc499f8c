package dev.splitreason.server.request;

import dev.splitreason.server.config.ServeSettings.Limits;
import dev.splitreason.server.error.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer may be.
 *
 * @param maxTokens the older name
 * @param maxCompletionTokens the newer name, which wins
 */
public record LengthFields(@Nullable Integer maxTokens, @Nullable Integer maxCompletionTokens) {

  /** Whether nothing is to be written: the prompt is to be scored. */
  public boolean scoresOnly() {
    return maxCompletionTokens == null && maxTokens != null && maxTokens == 0;
  }

  /** The most tokens; {@code usual} where nothing is said. */
  int most(int usual, Limits limits) {
    Integer said = maxCompletionTokens == null ? maxTokens : maxCompletionTokens;
    String field = maxCompletionTokens == null ? "max_tokens" : "max_completion_tokens";
    if (said != null && said < (scoresOnly() ? 0 : 1)) {
      throw Refusal.invalid(field, field + " must be at least 1, not " + said);
    }
    if (said != null && said > limits.maxTokens()) {
      throw Refusal.invalid(
          field, field + " must be at most " + limits.maxTokens() + " here, not " + said);
    }
    // Options have at least one token; that of an answer which is not written is never asked for.
    return Math.clamp(said == null ? usual : said, 1, limits.maxTokens());
  }
}
