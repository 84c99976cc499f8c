package dev.splitreason.answers.check;

import dev.splitreason.answers.check.notation.AnswerReader;
import dev.splitreason.answers.check.notation.Conventions;
import dev.splitreason.answers.check.notation.Conventions.Commas;
import dev.splitreason.answers.check.notation.Conventions.Slash;
import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Spelling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * One side of a check: what it says, and the ways it can be read.
 *
 * @param extracted the surest place of the answer, in one spelling; empty when there is none
 * @param text the surest place that is mathematics; {@code extracted} when none is
 * @param trees what it says, the likeliest reading first: commas may part or group digits, slashes
 *     reach near or far; none when it is not mathematics
 */
record AnswerReading(String extracted, String text, List<Expression> trees) {

  private static final Pattern GROUPED = Pattern.compile("\\d,\\d{3}");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[^,()\\[\\]{}]*\\d,\\d+[^,()\\[\\]{}]*");

  /** Reads an answer or a whole response. */
  static AnswerReading of(String response) {
    String first = "";
    for (String candidate : AnswerText.candidates(response)) {
      String text = Spelling.unify(candidate);
      List<Expression> trees = trees(text);
      first = first.isEmpty() ? text : first;
      if (!trees.isEmpty()) {
        return new AnswerReading(first, text, trees);
      }
    }
    return new AnswerReading(first, first, List.of());
  }

  private static List<Expression> trees(String text) {
    SequencedSet<Expression> trees = new LinkedHashSet<>();
    add(text, Conventions.LIKELIEST, trees);
    if (GROUPED.matcher(text).find()) {
      add(text, new Conventions(Commas.SEPARATORS, Slash.ONE_FACTOR), trees);
    }
    if (DECIMAL_COMMA.matcher(text).matches()) {
      add(text, new Conventions(Commas.DECIMAL, Slash.ONE_FACTOR), trees);
    }
    if (text.contains("/")) {
      add(text, new Conventions(Commas.THOUSANDS, Slash.ALL_FACTORS), trees);
    }
    return List.copyOf(trees);
  }

  private static void add(String text, Conventions conventions, SequencedSet<Expression> trees) {
    Expression tree = AnswerReader.read(text, conventions);
    if (tree != null) {
      trees.add(tree);
    }
  }
}
