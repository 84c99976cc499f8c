package dev.splitreason.data.llm;

/**
 * What a model answered.
 *
 * @param text the message; empty if there is none
 * @param refusal the server's own mark of a refusal; empty if there is none
 * @param promptTokens tokens read
 * @param completionTokens tokens written
 */
record Reply(String text, String refusal, long promptTokens, long completionTokens) {}
