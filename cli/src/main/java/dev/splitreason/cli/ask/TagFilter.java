package dev.splitreason.cli.ask;

import dev.splitreason.core.tag.TagSpelling;
import java.util.List;

/** Takes the tags out of text that streams, however the pieces cut them. */
final class TagFilter {

  private final List<String> tags;
  private final StringBuilder held = new StringBuilder();

  TagFilter(TagSpelling tags) {
    this.tags = List.of(tags.open(), tags.close());
  }

  /** What can be shown after the next piece; the beginning of a possible tag is held back. */
  String filter(String piece) {
    held.append(piece);
    for (String tag : tags) {
      for (int at = held.indexOf(tag); at >= 0; at = held.indexOf(tag, at)) {
        held.delete(at, at + tag.length());
      }
    }
    int shown = held.length();
    for (int start = held.length() - 1; start >= 0; start--) {
      String tail = held.substring(start);
      if (tags.stream().anyMatch(tag -> tag.startsWith(tail))) {
        shown = start;
      }
    }
    return take(shown);
  }

  /** What was held back and turned out to be no tag. */
  String flush() {
    return take(held.length());
  }

  private String take(int length) {
    String text = held.substring(0, length);
    held.delete(0, length);
    return text;
  }
}
