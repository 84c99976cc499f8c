package dev.splitreason.data.match;

import dev.splitreason.core.tag.TagSpelling;
import java.util.List;

/**
 * The spellings of a pair's tags that may stand in a text: those it writes, and the close tag with
 * a backslash that the published data set has.
 */
final class Tags {

  private final TagSpelling spelling;
  private final List<String> closing;

  Tags(TagSpelling spelling) {
    this.spelling = spelling;
    String close = spelling.close();
    closing = close.startsWith("</") ? List.of(close, "<\\" + close.substring(2)) : List.of(close);
  }

  /** Behind the tag, in any spelling, that begins at {@code at}; {@code at} itself if none does. */
  int endAt(String text, int at) {
    int behindOpen = behindOpen(text, at);
    return behindOpen > at ? behindOpen : behindClose(text, at);
  }

  /** Behind the open tag that begins at {@code at}; {@code at} itself if none does. */
  int behindOpen(String text, int at) {
    return text.startsWith(spelling.open(), at) ? at + spelling.open().length() : at;
  }

  /** Behind the close tag that begins at {@code at}; {@code at} itself if none does. */
  int behindClose(String text, int at) {
    for (String close : closing) {
      if (text.startsWith(close, at)) {
        return at + close.length();
      }
    }
    return at;
  }
}
