package dev.splitreason.data.stats;

import dev.splitreason.data.tagged.Span;
import java.util.List;

/**
 * Where the spans of one trace are, to be drawn. Lengths and offsets are UTF-16 units of the text
 * without its tags.
 *
 * @param id the trace's name
 * @param length of the text
 * @param spans in order, disjoint
 */
public record SpanLayout(String id, int length, List<Span> spans) {}
