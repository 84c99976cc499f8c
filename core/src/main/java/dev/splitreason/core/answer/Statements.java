package dev.splitreason.core.answer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sentences that state an answer: "the final answer is 5", "Answer: (B)", GSM8K's "#### 72". */
final class Statements {

  private static final Pattern FINAL =
      Pattern.compile(
          "final\\s++answer\\s*+(?:\\*\\*|__)?\\s*+(?:is|are|:|=)", Pattern.CASE_INSENSITIVE);

  private static final Pattern ANY =
      Pattern.compile(
          "\\b(?:answer|(?:correct|right) (?:choice|option))s?\\s*+(?:\\*\\*|__)?\\s*+"
              + "(?:is|are|:|=|was|would be)(?!\\s+not\\b)(?:\\s*:)?",
          Pattern.CASE_INSENSITIVE);

  /** From the surest to the vaguest; of each the last one counts. */
  private static final List<Pattern> LEADS = List.of(FINAL, Pattern.compile("####"), ANY);

  private static final Pattern FORMULA = Pattern.compile("[$\\\\(\\[\\d-]");

  /** A sentence's end, or a line's; a point within a number ends nothing. */
  private static final Pattern END =
      Pattern.compile(
          "\\.(?=\\s|\\*|$)|\\n|\\bI hope it is correct|,?\\s(?:because|since|which)\\b|<\\uff5c|<\\|");

  private static final Pattern EMPHASIS = Pattern.compile("\\*\\*|__");

  private Statements() {}

  /** What the last statement states; null when there is none. */
  static @Nullable String last(String text) {
    for (Pattern lead : LEADS) {
      String stated = last(text, lead);
      if (stated != null) {
        return stated;
      }
    }
    return null;
  }

  /** The last final answer that is stated as a formula; null when there is none. */
  static @Nullable String finalFormula(String text) {
    String stated = last(text, FINAL);
    return stated != null && FORMULA.matcher(stated).lookingAt() ? stated : null;
  }

  private static @Nullable String last(String text, Pattern lead) {
    Matcher matcher = lead.matcher(text);
    int start = -1;
    while (matcher.find()) {
      start = matcher.end();
    }
    if (start < 0) {
      return null;
    }
    String rest = EMPHASIS.matcher(text.substring(start)).replaceAll(" ").stripLeading();
    if (rest.startsWith(":")) {
      rest = rest.substring(1).stripLeading();
    }
    String stated = rest.substring(0, end(rest)).strip();
    return stated.isEmpty() ? null : stated;
  }

  /** Where the statement ends: display math and braces are not broken. */
  private static int end(String rest) {
    Matcher end = END.matcher(rest);
    int from = displayMathEnd(rest);
    return end.find(from) ? end.start() : rest.length();
  }

  private static int displayMathEnd(String rest) {
    if (rest.startsWith("\\[")) {
      return Math.max(0, rest.indexOf("\\]"));
    }
    if (rest.startsWith("$$")) {
      return Math.max(0, rest.indexOf("$$", 2));
    }
    return 0;
  }
}
