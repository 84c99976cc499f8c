package dev.splitreason.answers.check.prose;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Relations and sets that a sentence ends with in words: "x is at least 3", "all real numbers
 * except 2", "the ratio is 1 to 3".
 */
public final class WordedRelation {

  private static final int LONGEST = 200;

  private static final String NUMBER = "\\$?(-?\\d+(?:\\.\\d+)?(?:/\\d+)?)\\$?";
  private static final String END = "[.!]?\\s*$";

  /** The words of a comparison, the longer ones first, and its sign. */
  private enum Sign {
    AT_LEAST("(?:greater|larger|bigger|more) than or equal to|at least|no less than", "\\ge"),
    AT_MOST("(?:less|smaller) than or equal to|at most|no more than|no greater than", "\\le"),
    ABOVE("(?:strictly )?(?:greater|larger|bigger|more) than", ">"),
    BELOW("(?:strictly )?(?:less|smaller) than", "<");

    private final Pattern pattern;
    private final String sign;

    Sign(String words, String sign) {
      this.sign = sign;
      String name = "\\$?([a-zA-Z])\\$?";
      this.pattern =
          Pattern.compile(
              "(?:(?:^|[\\s:(])"
                  + name
                  + " (?:is|must be|has to be)|\\ball (?:values of |real numbers |real )?"
                  + name
                  + "(?: that are| which are)?) (?:"
                  + words
                  + ") "
                  + NUMBER
                  + END);
    }
  }

  private static final Pattern FROM_TO =
      Pattern.compile(
          "\\ball (?:real )?numbers from " + NUMBER + " to " + NUMBER + ",? inclusive" + END,
          Pattern.CASE_INSENSITIVE);

  private static final Pattern EXCEPT =
      Pattern.compile(
          "\\ball real numbers (?:except|other than|but)(?: for)? " + NUMBER + END,
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RATIO =
      Pattern.compile("\\bratio\\b[^.:=]{0,80} \\$?(\\d+)\\$? to \\$?(\\d+)\\$?" + END);

  private WordedRelation() {}

  /** The relation that a line ends with, as a formula; null when it ends with none in words. */
  public static @Nullable String of(String line) {
    String end = line.substring(Math.max(0, line.length() - LONGEST)).strip();
    if (end.isEmpty() || end.indexOf(' ') < 0) {
      return null;
    }
    for (Sign sign : List.of(Sign.values())) {
      Matcher compared = sign.pattern.matcher(end);
      if (compared.find()) {
        String name = compared.group(1) == null ? compared.group(2) : compared.group(1);
        return name + " " + sign.sign + " " + compared.group(3);
      }
    }
    Matcher fromTo = FROM_TO.matcher(end);
    if (fromTo.find()) {
      return "[" + fromTo.group(1) + "," + fromTo.group(2) + "]";
    }
    Matcher except = EXCEPT.matcher(end);
    if (except.find()) {
      return "\\mathbb{R} \\setminus \\{" + except.group(1) + "\\}";
    }
    Matcher ratio = RATIO.matcher(end);
    return ratio.find() ? ratio.group(1) + ":" + ratio.group(2) : null;
  }
}
