package dev.splitreason.data.stats;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.tag.TagStructure;
import dev.splitreason.core.tag.TagStructure.Fault;
import dev.splitreason.data.match.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the spans of one tagged text are. Lengths and offsets are UTF-16 units of the text without
 * its tags.
 *
 * @param id the trace's name
 * @param length of the text
 * @param spans in order, disjoint
 * @param contents what stands in each span
 * @param defects tags that pair with none
 */
public record SpanLayout(
    String id, int length, List<Span> spans, List<String> contents, List<Fault> defects) {

  /** Reads a text, in either spelling of the close tag. */
  public static SpanLayout of(String id, String tagged, TagSpelling tags) {
    String text = tags.normalise(tagged);
    TagStructure structure = TagStructure.of(text, tags);
    List<Span> spans = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    int read = 0;
    int plain = 0;
    for (TagStructure.Span span : structure.spans()) {
      plain += tags.strip(text.substring(read, span.start())).length();
      String content = tags.strip(text.substring(span.contentStart(), span.contentEnd()));
      spans.add(new Span(plain, plain + content.length()));
      contents.add(content);
      plain += content.length();
      read = span.end();
    }
    int length = plain + tags.strip(text.substring(read)).length();
    List<Fault> defects = structure.defects().stream().map(TagStructure.Defect::fault).toList();
    return new SpanLayout(id, length, spans, contents, defects);
  }

  /** The share of the text inside spans, 0 … 1. */
  public double offloadShare() {
    return length == 0 ? 0 : (double) spans.stream().mapToInt(Span::length).sum() / length;
  }
}
