package dev.splitreason.data.tagged;

import dev.splitreason.core.tag.TagSpelling;
import java.util.List;

/** Puts tags around spans of a text, and takes tags away. Immutable and thread-safe. */
public final class TagWrapper {

  private final TagSpelling tags;

  public TagWrapper(TagSpelling tags) {
    this.tags = tags;
  }

  /** The text with an open and a close tag around each span; spans are ordered and disjoint. */
  public String wrap(String text, List<Span> spans) {
    var wrapped = new StringBuilder(text.length() + 32 * spans.size());
    int done = 0;
    for (Span span : spans) {
      wrapped
          .append(text, done, span.start())
          .append(tags.wrap(text.substring(span.start(), span.end())));
      done = span.end();
    }
    return wrapped.append(text, done, text.length()).toString();
  }

  /** The text without any tag, whether spelled as the pair does or as the published data set. */
  public String strip(String text) {
    return tags.strip(tags.normalise(text));
  }
}
