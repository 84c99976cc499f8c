package dev.splitreason.core.trace;

/**
 * A run of an answer by one author. Tags belong to the small model that wrote them.
 *
 * @param author who wrote it
 * @param text what was kept, tags included
 * @param tokens the number of tokens kept, in the author's vocabulary
 * @param start seconds from the request to the author's first token
 * @param end seconds from the request to the last token kept
 */
public record Segment(Author author, String text, int tokens, double start, double end) {}
