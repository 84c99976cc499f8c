package dev.splitreason.server.request;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What every completion's request may have; null where the body says nothing.
 *
 * @param model the pair, and perhaps the policy
 * @param n how many answers
 * @param stop a text or a list of texts that end an answer
 * @param includeStopStrInOutput whether that text stays in the answer
 * @param streamOptions for streamed answers only
 * @param promptCacheKey what requests that begin alike have in common
 */
public record RequestFields(
    @Nullable String model,
    @Nullable Integer n,
    @Nullable Boolean stream,
    @Nullable StreamOptions streamOptions,
    @Nullable JsonNode stop,
    @Nullable Boolean includeStopStrInOutput,
    @Nullable String promptCacheKey,
    @Nullable OffloadFields offload) {

  /**
   * How an answer is streamed.
   *
   * @param includeUsage whether a last event tells what it cost
   */
  public record StreamOptions(@Nullable Boolean includeUsage) {}

  /**
   * Who writes when, beyond what OpenAI's protocol has.
   *
   * @param policy as the command spells it, such as {@code random:0.1}
   * @param maxRatio the cap on the large model's share
   * @param budget the most kept tokens of the large model
   * @param bias of the open tag
   * @param mode {@code pipelined} or {@code sequential}
   * @param tags whether the tags stay in the text
   */
  public record OffloadFields(
      @Nullable String policy,
      @Nullable Double maxRatio,
      @Nullable Integer budget,
      @Nullable Double bias,
      @Nullable String mode,
      @Nullable Boolean tags) {

    static final OffloadFields NONE = new OffloadFields(null, null, null, null, null, null);
  }

  /** Whether the answer is streamed. */
  public boolean streams() {
    return stream != null && stream;
  }

  /** Whether a stream's last event tells what it cost. */
  public boolean includesUsage() {
    return streamOptions != null
        && streamOptions.includeUsage() != null
        && streamOptions.includeUsage();
  }

  /** How many answers are wanted. */
  public int choices() {
    return n == null ? 1 : n;
  }

  OffloadFields offloadOrNone() {
    return offload == null ? OffloadFields.NONE : offload;
  }
}
