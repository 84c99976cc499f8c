package dev.splitreason.data.llm;

import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param text the message; empty if there is none
 * @param refusal the server's own mark of a refusal; empty if there is none
 * @param finish why the answer ends, in the server's word; null where it says nothing
 * @param promptTokens tokens read
 * @param completionTokens tokens written
 */
record Reply(
    String text,
    String refusal,
    @Nullable String finish,
    long promptTokens,
    long completionTokens) {

  /** Whether the most tokens of an answer ended it. */
  boolean isCutOff() {
    return "length".equals(finish);
  }

  /** Whether the server took it back. */
  boolean isFiltered() {
    return "content_filter".equals(finish);
  }
}
