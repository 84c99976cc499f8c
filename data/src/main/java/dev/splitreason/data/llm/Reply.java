package dev.splitreason.data.llm;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a model answered. Replies that were paid for lie on disk, so their names stay.
 *
 * @param text the message; empty if there is none
 * @param refusal the server's own mark of a refusal; empty if there is none
 * @param promptTokens tokens read
 * @param completionTokens tokens written
 */
record Reply(
    String text,
    String refusal,
    @JsonProperty("promptTokens") long promptTokens,
    @JsonProperty("completionTokens") long completionTokens) {}
