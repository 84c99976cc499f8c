package dev.splitreason.core.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Closes of a span that the small model sees behind a text of its own: each takes place if the
 * large model's text goes on with that one.
 */
final class ClosesAhead {

  /** What of the text before each is still to come. */
  private List<String> rests = new ArrayList<>();

  void add(String before) {
    rests.add(before);
  }

  /** Takes what the large model wrote next; drops those that it does not lead to. */
  void goOn(String text) {
    List<String> left = new ArrayList<>();
    for (String rest : rests) {
      if (text.startsWith(rest)) {
        left.add("");
      } else if (rest.startsWith(text)) {
        left.add(rest.substring(text.length()));
      }
    }
    rests = left;
  }

  /** Whether the text has got to one of them. */
  boolean reached() {
    return rests.contains("");
  }
}
