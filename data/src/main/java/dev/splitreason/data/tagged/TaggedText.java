package dev.splitreason.data.tagged;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.tag.TagStructure;
import dev.splitreason.core.tag.TagStructure.Fault;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text and its offloaded spans. Offsets are UTF-16 units of the text without its tags.
 *
 * @param text without tags
 * @param spans in order, disjoint
 * @param spanTokens tokens of each span, or null where they were not counted
 * @param defects tags that pair with none
 */
public record TaggedText(
    String text, List<Span> spans, @Nullable List<Integer> spanTokens, List<Fault> defects) {

  public TaggedText {
    spans = List.copyOf(spans);
    spanTokens = spanTokens == null ? null : List.copyOf(spanTokens);
    defects = List.copyOf(defects);
  }

  /** A text without spans; tags in it, if any, are words like others. */
  public static TaggedText untagged(String text) {
    return new TaggedText(text, List.of(), null, List.of());
  }

  /** Reads a text with tags, in either spelling of the close tag. */
  public static TaggedText of(String tagged, TagSpelling tags) {
    String text = tags.normalise(tagged);
    if (!text.contains(tags.open()) && !text.contains(tags.close())) {
      return untagged(text);
    }
    TagStructure structure = TagStructure.of(text, tags);
    var plain = new StringBuilder(text.length());
    List<Span> spans = new ArrayList<>();
    int read = 0;
    for (TagStructure.Span span : structure.spans()) {
      plain.append(tags.strip(text.substring(read, span.start())));
      int start = plain.length();
      plain.append(tags.strip(text.substring(span.contentStart(), span.contentEnd())));
      spans.add(new Span(start, plain.length()));
      read = span.end();
    }
    plain.append(tags.strip(text.substring(read)));
    return new TaggedText(plain.toString(), spans, null, faults(structure));
  }

  /** Reads the segments of a recorded answer: the large model's are the spans, tagged or not. */
  public static TaggedText of(List<Segment> segments, TagSpelling tags) {
    var plain = new StringBuilder();
    List<Span> spans = new ArrayList<>();
    List<Integer> tokens = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.author() == Author.SMALL) {
        plain.append(tags.strip(segment.text()));
      } else {
        spans.add(new Span(plain.length(), plain.length() + segment.text().length()));
        tokens.add(segment.tokens());
        plain.append(segment.text());
      }
    }
    String whole = segments.stream().map(Segment::text).collect(Collectors.joining());
    return new TaggedText(plain.toString(), spans, tokens, faults(TagStructure.of(whole, tags)));
  }

  /** The text with a pair of tags around each span; reading it again gives the same spans. */
  public String withTags(TagSpelling tags) {
    return new TagWrapper(tags).wrap(text, spans);
  }

  /** What stands in a span. */
  public String content(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** The share of the text inside spans, 0 … 1. */
  public double offloadShare() {
    return text.isEmpty()
        ? 0
        : (double) spans.stream().mapToInt(Span::length).sum() / text.length();
  }

  private static List<Fault> faults(TagStructure structure) {
    return structure.defects().stream().map(TagStructure.Defect::fault).toList();
  }
}
