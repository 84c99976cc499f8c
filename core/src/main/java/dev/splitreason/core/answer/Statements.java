package dev.splitreason.core.answer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sentences that state an answer: "the final answer is 5", "Answer: (B)", GSM8K's "#### 72", and
 * what stands under the heading "Final answer".
 */
final class Statements {

  private static final String IS = "(?:is|are|was|would\\s+be|should\\s+be|must\\s+be|will\\s+be)";

  /** What may part a lead from what it states: bold type, a verb, a colon. */
  private static final String VERB =
      "\\s*+(?:\\*\\*|__)?\\s*+(?:" + IS + "\\b|:|=)(?!\\s+not\\b)(?:\\s*+(?:\\*\\*|__)?\\s*+:)?";

  private static final Pattern FINAL =
      Pattern.compile("final\\s++answers?" + VERB, Pattern.CASE_INSENSITIVE);

  /** GSM8K's mark; other headings of that rank are no answers. */
  private static final Pattern HASHES = Pattern.compile("(?<!#)####(?!#)");

  /** A heading, in Markdown or bold, over the answer. */
  private static final Pattern HEADING =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:#{1,6}[ \\t]*+|\\*\\*[ \\t]*+|__[ \\t]*+)+(?:the[ \\t]++)?"
              + "(?:final[ \\t]++|correct[ \\t]++)?answers?[ \\t]*+[:.]?[ \\t]*+(?:\\*\\*|__)?"
              + "[ \\t]*+:?[ \\t]*+$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ANY =
      Pattern.compile(
          "\\b(?<!wrong )(?<!incorrect )(?:answers?|(?:correct|right) (?:choice|option)|ans\\.?)"
              + VERB
              + "|(?:答案|故选|应选)\\s*+(?:是|为|选)?+\\s*+[:：]?+|(?<!解)答\\s*+[:：]",
          Pattern.CASE_INSENSITIVE);

  /** From the surest to the vaguest; of each the last one counts. */
  private static final List<Pattern> LEADS = List.of(FINAL, HASHES, HEADING, ANY);

  private static final Pattern FORMULA = Pattern.compile("[$\\\\(\\[\\d-]");

  /** What stands behind {@code ####} where that marks an answer: a value, not a heading's words. */
  private static final Pattern HASHED_VALUE =
      Pattern.compile("[-+\\u2212]?[$\\u20ac\\u00a3\\u00a5]?\\s*+[-+\\u2212.]?(?:\\d|\\\\|\\().*");

  /** A heading that begins with a number: "2. Multiply", "3) Total". */
  private static final Pattern NUMBERED = Pattern.compile("\\d{1,2}[.):]\\s+\\p{L}.*");

  private static final Pattern STEP =
      Pattern.compile(
          "(?:step|part|case|solution|explanation|answer|final answer|problem|question|conclusion"
              + "|verification|check|method|approach|note|summary|result)\\b.*",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_HASHED = 60;

  /** Where a statement ends outside formulas: a sentence's end, a line's, a clause's. */
  private static final Pattern END =
      Pattern.compile(
          "\\.(?=\\s|\\*|$)|。|(?<=[\\s*])[!?](?=\\s|\\*|$)|\\n"
              + "|\\bI hope it is correct|<\\uff5c|<\\||,?\\s(?:because|since|which|so"
              + " that|where|meaning|i\\.e\\.)\\b|,?\\sas"
              + " (?:required|desired|expected|needed|claimed|wanted|before|above|follows"
              + "|stated|given|shown|well|we|it|the|there|this|that|you|they|he|she)\\b|,\\s(?:so|as|and"
              + " (?:so|we|this|that|the|it|he|she|they|there|then|thus|i|you)|but"
              + "|after|when|while|if|then|not|with|for|given|assuming|rather|instead|thus|hence"
              + "|therefore|making|showing|giving|obtained|achieved|attained|found|reached|we|this|that"
              + " is|in other words|provided)\\b",
          Pattern.CASE_INSENSITIVE);

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
      boolean heading = lead == HASHES && !isHashedAnswer(text, matcher.end());
      start = heading ? start : matcher.end();
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

  /** Whether {@code ####} marks an answer: a value behind it, or a word that ends the text. */
  private static boolean isHashedAnswer(String text, int from) {
    int end = text.indexOf('\n', from);
    boolean last = end < 0;
    end = last ? text.length() : end;
    if (end - from > LONGEST_HASHED) {
      return last;
    }
    String line = EMPHASIS.matcher(text.substring(from, end)).replaceAll("").strip();
    if (line.isEmpty() || STEP.matcher(line).matches() || NUMBERED.matcher(line).matches()) {
      return false;
    }
    return HASHED_VALUE.matcher(line).matches() || isBlank(text, end);
  }

  private static boolean isBlank(String text, int from) {
    int i = from;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i == text.length();
  }

  /** Where the statement ends: formulas and braces are not broken. */
  private static int end(String rest) {
    Matcher end = END.matcher(rest);
    int from = 0;
    while (end.find(from)) {
      int open = openAt(rest, from, end.start());
      if (open <= end.start()) {
        return end.start();
      }
      from = open;
    }
    return rest.length();
  }

  /** The end of the formula or group that is open at a place; the place itself when none is. */
  private static int openAt(String rest, int from, int place) {
    int depth = 0;
    for (int i = from; i < place; i++) {
      MathDelimiters.Formula formula = MathDelimiters.at(rest, i);
      if (formula != null) {
        if (formula.end() > place) {
          return formula.end();
        }
        i = formula.end() - 1;
        continue;
      }
      char c = rest.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth = Math.max(0, depth - 1);
      }
    }
    if (depth == 0) {
      return place;
    }
    int close = closingBrace(rest, place, depth);
    return close < 0 ? place : close;
  }

  private static int closingBrace(String rest, int from, int depth) {
    int open = depth;
    for (int i = from; i < rest.length() && rest.charAt(i) != '\n'; i++) {
      char c = rest.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        open++;
      } else if (c == '}' && --open == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
