package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.policy.Until;
import java.util.List;
import java.util.Locale;

/** Finds in the text of a turn where that should end it, at a border of tokens. */
final class BorderScan {

  /** The answer while there is no border. */
  static final int NONE = Integer.MAX_VALUE;

  private static final String ENDS_SENTENCE = ".!?";
  private static final String CLOSES_QUOTE = "\"'”’)]*";

  private final Until until;
  private final SpanText text = new SpanText();
  private int border = NONE;

  BorderScan(Until until) {
    this.until = until;
  }

  /** Takes the next token; whatever comes behind a border is of no interest. */
  void accept(Token token) {
    if (until instanceof Until.Limit || found()) {
      return;
    }
    int before = text.length();
    text.add(token);
    border =
        switch (until) {
          case Until.Limit() -> NONE;
          case Until.Step() -> breaksLine(before) ? text.count() : NONE;
          case Until.Sentence() -> sentence(before);
          case Until.Cue(List<String> words) -> endsWord(words, before) ? text.count() : NONE;
        };
  }

  /** Whether the border is there. */
  boolean found() {
    return border != NONE;
  }

  /** How many of the tokens are before the border, at least 1; {@link #NONE} without one. */
  int border() {
    return border;
  }

  private boolean breaksLine(int from) {
    return text.substring(from, text.length()).indexOf('\n') >= 0;
  }

  private int sentence(int from) {
    if (breaksLine(from)) {
      return text.count();
    }
    for (int at = from; at < text.length(); at++) {
      if (Character.isWhitespace(text.charAt(at)) && endsSentence(at)) {
        // The word behind the white space is often of the same token: that begins a new sentence.
        boolean begins = at == from && text.count() > 1;
        return begins ? text.count() - 1 : text.count();
      }
    }
    return NONE;
  }

  private boolean endsSentence(int end) {
    int last = end - 1;
    while (last > 0 && CLOSES_QUOTE.indexOf(text.charAt(last)) >= 0) {
      last--;
    }
    return last >= 0 && ENDS_SENTENCE.indexOf(text.charAt(last)) >= 0;
  }

  /** Whether one of the words ends in the last token, with no letter before or behind it. */
  private boolean endsWord(List<String> words, int from) {
    for (String word : words) {
      int begin = Math.max(0, from - word.length());
      String end = text.substring(begin, text.length()).toLowerCase(Locale.ROOT);
      for (int at = end.indexOf(word); at >= 0; at = end.indexOf(word, at + 1)) {
        int behind = at + word.length();
        if (begin + behind > from && !joined(begin + at) && !joined(begin + behind)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a letter stands on either side of a place. */
  private boolean joined(int at) {
    return at > 0
        && at < text.length()
        && Character.isLetter(text.charAt(at - 1))
        && Character.isLetter(text.charAt(at));
  }
}
