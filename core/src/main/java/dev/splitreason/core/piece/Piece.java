package dev.splitreason.core.piece;

import dev.splitreason.core.trace.Author;

/**
 * A piece of an answer, as it comes.
 *
 * @param channel what it is part of
 * @param author which model wrote it
 * @param segment the number of the segment it is of, counted from 0 with each change of author
 * @param text whole characters
 */
public record Piece(Channel channel, Author author, int segment, String text) {}
