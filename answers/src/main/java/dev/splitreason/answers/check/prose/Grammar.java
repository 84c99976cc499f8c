package dev.splitreason.answers.check.prose;

import java.util.Locale;
import java.util.Set;

/** The small words that say what a number in a sentence is there for. */
final class Grammar {

  /** What stands between a verb and its number and changes nothing. */
  private static final Set<String> FILLERS =
      Set.of(
          "a",
          "an",
          "the",
          "about",
          "approximately",
          "exactly",
          "only",
          "just",
          "around",
          "roughly",
          "nearly",
          "almost",
          "now",
          "still",
          "also",
          "thus",
          "therefore",
          "then",
          "hence",
          "actually",
          "simply",
          "precisely",
          "indeed",
          "another",
          "even",
          "all",
          "total",
          "value",
          "number",
          "point",
          "usd",
          "rs",
          "rs.",
          "us",
          "is",
          "negative");

  private static final Set<String> COPULAS =
      Set.of(
          "is", "are", "was", "were", "be", "been", "equals", "equal", "it's", "that's", "becomes",
          "yields", "gives", "get", "gets", "obtain", "find", "totals", "est", "es", "ist", "soit",
          "是", "为", "等于", "共", "得");

  /** Behind these stands a circumstance, not what the sentence is about. */
  private static final Set<String> PREPOSITIONS =
      Set.of(
          "in",
          "for",
          "after",
          "at",
          "from",
          "by",
          "than",
          "with",
          "every",
          "each",
          "per",
          "on",
          "before",
          "over",
          "during",
          "until",
          "within",
          "through",
          "into",
          "under",
          "above",
          "below",
          "between",
          "to",
          "out",
          "without",
          "against",
          "across",
          "when",
          "if",
          "while",
          "starting",
          "using",
          "among",
          "off",
          "last",
          "first",
          "next",
          "past");

  /** "A total of 5", "the price of 5": the number is the thing itself. */
  private static final Set<String> QUANTITIES =
      Set.of(
          "total",
          "sum",
          "average",
          "mean",
          "profit",
          "cost",
          "price",
          "value",
          "amount",
          "weight",
          "length",
          "distance",
          "area",
          "volume",
          "speed",
          "number",
          "maximum",
          "minimum",
          "balance",
          "rate",
          "score",
          "age",
          "height",
          "product",
          "difference",
          "probability",
          "perimeter",
          "median",
          "radius",
          "width",
          "answer",
          "result",
          "remainder",
          "quotient",
          "loss",
          "gain",
          "sales",
          "revenue",
          "angle",
          "measure",
          "salary",
          "combined");

  /** "Equal to 5", "comes to 5". */
  private static final Set<String> REACHING =
      Set.of(
          "equal",
          "equals",
          "comes",
          "come",
          "amounts",
          "amount",
          "up",
          "adds",
          "sums",
          "down",
          "simplifies",
          "evaluates",
          "reduces",
          "rounds",
          "leads",
          "corresponds",
          "equivalent",
          "rounded",
          "close",
          "increases",
          "increased",
          "decreases",
          "decreased",
          "rises",
          "rose",
          "dropped",
          "grows",
          "grew",
          "reduced",
          "converges",
          "tends",
          "back");

  private static final Set<String> NEGATIONS =
      Set.of(
          "not", "isn't", "aren't", "wasn't", "never", "cannot", "doesn't", "don't", "isn’t",
          "aren’t", "wasn’t", "doesn’t", "don’t", "didn't", "won't", "can't", "nor");

  /** These open a clause that gives reasons. */
  private static final Set<String> REASONS =
      Set.of("because", "since", "where", "although", "though", "whereas", "assuming", "given");

  /** These open a clause that says when or whether. */
  private static final Set<String> CONDITIONS =
      Set.of("when", "if", "unless", "while", "provided", "until", "who", "whose");

  /** These open a clause that draws the conclusion. */
  private static final Set<String> RESULTS =
      Set.of("so", "then", "thus", "therefore", "hence", "meaning", "leaving", "giving", "making");

  /** A sentence that begins so says circumstances first, up to its first comma. */
  private static final Set<String> OPENINGS =
      Set.of(
          "in",
          "after",
          "at",
          "on",
          "by",
          "for",
          "with",
          "of",
          "from",
          "since",
          "because",
          "if",
          "when",
          "given",
          "as",
          "during",
          "out",
          "over",
          "while",
          "before",
          "once",
          "adding",
          "subtracting",
          "multiplying",
          "dividing",
          "using",
          "substituting",
          "setting");

  /** Behind these a number is a name: "Step 2", "Monday 5". */
  private static final Set<String> NAMED =
      Set.of(
          "step",
          "part",
          "case",
          "day",
          "problem",
          "question",
          "equation",
          "chapter",
          "page",
          "figure",
          "table",
          "section",
          "no",
          "line",
          "theorem",
          "lemma",
          "grade",
          "room",
          "level",
          "version",
          "mod",
          "modulo",
          "base",
          "year",
          "option",
          "choice");

  /** "Has to pay", "needs to pay": a verb with its own, no purpose. */
  private static final Set<String> MODALS =
      Set.of(
          "has",
          "have",
          "had",
          "need",
          "needs",
          "needed",
          "able",
          "going",
          "want",
          "wants",
          "ought",
          "used",
          "must",
          "got",
          "required",
          "left",
          "decided",
          "get",
          "gets");

  /** Words that begin sentences. */
  private static final Set<String> STARTS =
      Set.of("the", "this", "now", "let", "final", "we", "it", "finally", "next", "there", "here");

  private Grammar() {}

  static boolean isStart(String word) {
    return STARTS.contains(lower(word));
  }

  static boolean isModal(String word) {
    return MODALS.contains(lower(word));
  }

  static boolean isFiller(String word) {
    return FILLERS.contains(lower(word));
  }

  static boolean isCopula(String word) {
    return COPULAS.contains(lower(word));
  }

  static boolean isPreposition(String word) {
    return PREPOSITIONS.contains(lower(word));
  }

  static boolean isQuantity(String word) {
    return QUANTITIES.contains(lower(word));
  }

  static boolean isReaching(String word) {
    return REACHING.contains(lower(word));
  }

  static boolean isNegation(String word) {
    return NEGATIONS.contains(lower(word));
  }

  static boolean isReason(String word) {
    return REASONS.contains(lower(word));
  }

  static boolean isCondition(String word) {
    return CONDITIONS.contains(lower(word));
  }

  /** A verb that states and cannot be part of a denial before it: "what is not ready is 5". */
  static boolean isIs(String word) {
    return switch (lower(word)) {
      case "is", "are", "was", "were" -> true;
      default -> false;
    };
  }

  static boolean isComparative(String word) {
    return switch (lower(word)) {
      case "greater", "less", "more", "fewer", "larger", "smaller", "higher", "lower", "bigger" ->
          true;
      default -> false;
    };
  }

  /** "Rounds up to", "rounded to". */
  static boolean isRounding(String word) {
    return lower(word).startsWith("round");
  }

  /** A word that goes on a list. */
  static boolean isJoint(String word) {
    return switch (word) {
      case "and", "or", "And", "Or" -> true;
      default -> false;
    };
  }

  static boolean isResult(String word) {
    return RESULTS.contains(lower(word));
  }

  static boolean isOpening(String word) {
    return OPENINGS.contains(lower(word));
  }

  static boolean isNamed(String word) {
    return NAMED.contains(lower(word));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
