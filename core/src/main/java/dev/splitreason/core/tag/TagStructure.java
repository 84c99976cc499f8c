package dev.splitreason.core.tag;

import dev.splitreason.core.tag.TagEvent.Kind;
import dev.splitreason.core.tag.TagEvent.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the tags of a finished text pair up. A span goes from an open tag to the next close tag; it
 * does not nest.
 *
 * @param spans in order, disjoint
 * @param defects tags that are not part of a span, in order
 */
public record TagStructure(List<Span> spans, List<Defect> defects) {

  /**
   * A closed span. Offsets are UTF-16 units of the text.
   *
   * @param start where the open tag begins
   * @param contentStart where it ends
   * @param contentEnd where the close tag begins
   * @param end where it ends
   */
  public record Span(int start, int contentStart, int contentEnd, int end) {}

  /**
   * A tag in the wrong place.
   *
   * @param fault what is wrong with it
   * @param start where the tag begins
   * @param end where it ends, exclusive
   */
  public record Defect(Fault fault, int start, int end) {}

  /** What is wrong with a tag. */
  public enum Fault {
    /** A close tag with no span to close. */
    STRAY_CLOSE,
    /** An open tag within a span, which goes on. */
    OPEN_INSIDE_OPEN,
    /** An open tag that no close tag follows. */
    UNCLOSED
  }

  public TagStructure {
    spans = List.copyOf(spans);
    defects = List.copyOf(defects);
  }

  /**
   * Reads a text. Where close tags may have the published data set's spelling, give it {@link
   * TagSpelling#normalise} of the text: offsets stay the same.
   */
  public static TagStructure of(String text, TagSpelling tags) {
    List<Span> spans = new ArrayList<>();
    List<Defect> defects = new ArrayList<>();
    @Nullable Tag open = null;
    for (TagEvent event : tags.events(text)) {
      if (!(event instanceof Tag tag)) {
        continue;
      }
      if (tag.kind() == Kind.OPEN && open == null) {
        open = tag;
      } else if (tag.kind() == Kind.OPEN) {
        defects.add(new Defect(Fault.OPEN_INSIDE_OPEN, tag.start(), tag.end()));
      } else if (open == null) {
        defects.add(new Defect(Fault.STRAY_CLOSE, tag.start(), tag.end()));
      } else {
        spans.add(new Span(open.start(), open.end(), tag.start(), tag.end()));
        open = null;
      }
    }
    if (open != null) {
      defects.add(new Defect(Fault.UNCLOSED, open.start(), open.end()));
    }
    return new TagStructure(spans, defects);
  }

  /** Whether every tag is part of a span. */
  public boolean sound() {
    return defects.isEmpty();
  }
}
