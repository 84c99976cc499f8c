package dev.splitreason.answers.check.prose;

import dev.splitreason.answers.check.notation.NumberWords;
import dev.splitreason.answers.check.notation.Units;
import dev.splitreason.answers.check.prose.Piece.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One sentence: which of its values is the one it states.
 *
 * <p>Values are ranked by what stands before them: an equals sign, a verb like "is", other words, a
 * preposition, a name like "step". The best rank counts, of several the last; bold type comes
 * before everything, what is denied never counts. Values joined by commas and "and" behind "are"
 * are one list.
 */
final class Sentence {

  private static final int NEVER = -1;
  private static final int NAMED = 0;
  private static final int ASIDE = 1;
  private static final int LETTER = 2;
  private static final int CIRCUMSTANCE = 3;
  private static final int PURPOSE = 4;
  private static final int SOME = 5;
  private static final int STATED = 6;
  private static final int COMPUTED = 8;
  private static final int BOLD = 20;

  /** Between a denial and what it denies there are few words. */
  private static final int DENIED_WITHIN = 3;

  private static final int LONGEST_PHRASE = 7;

  /** The unit that is a preposition elsewhere. */
  private static final String INCH = "in";

  private static final Set<String> CLOCK = Set.of("am", "pm", "a.m", "p.m");
  private static final Set<String> MARKS =
      Set.of(
          "percent",
          "degrees",
          "degree",
          "million",
          "billion",
          "thousand",
          "hundred",
          "trillion",
          "dozen",
          "%");

  private final List<Piece> pieces;

  /** Values, each with its list: where it starts and ends among the pieces, and its rank. */
  private record Value(int first, int last, String text, int rank) {}

  Sentence(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /** The text of the value it states; null when it states none. */
  @Nullable String value() {
    Value best = null;
    boolean denied = false;
    for (int i = 0; i < pieces.size(); i++) {
      Kind kind = pieces.get(i).kind();
      if (kind != Kind.VALUE && kind != Kind.LABEL) {
        continue;
      }
      Value value = valueFrom(i);
      denied |= value.rank == NEVER;
      if (value.rank != NEVER && (best == null || value.rank >= best.rank)) {
        best = value;
      }
      i = value.last;
    }
    if (best != null) {
      return best.text;
    }
    return denied ? null : inWords(true);
  }

  /** The last number in words, wherever it stands; null when there is none. */
  @Nullable String anyNumberInWords() {
    return inWords(false);
  }

  /** Whether it names a value only to deny it, and no other. */
  boolean onlyDenies() {
    boolean hasValue = pieces.stream().anyMatch(piece -> piece.is(Kind.VALUE));
    return hasValue && value() == null;
  }

  /** A value, with the list it begins or the unit behind it. */
  private Value valueFrom(int first) {
    int rank = rank(first);
    Piece piece = pieces.get(first);
    if (piece.is(Kind.LABEL)) {
      return new Value(first, first, piece.text(), Math.min(rank, NAMED));
    }
    StringBuilder text = new StringBuilder(piece.text());
    int last = appendUnit(first, text);
    boolean lists = rank >= STATED || first == 0;
    int next = lists ? nextOfList(first, last) : -1;
    while (next >= 0) {
      text.append(", ").append(pieces.get(next).text());
      last = appendUnit(next, text);
      rank = Math.max(rank, bold(next));
      next = nextOfList(next, last);
    }
    return new Value(first, last, text.toString(), rank);
  }

  private int bold(int index) {
    return pieces.get(index).bold() ? BOLD : NEVER;
  }

  /** The value that goes on the list here, behind commas and "and"; −1 when none does. */
  private int nextOfList(int before, int last) {
    int i = last + 1;
    boolean joint = false;
    while (i < pieces.size() && isJoint(pieces.get(i))) {
      joint = true;
      i++;
    }
    boolean value = joint && i < pieces.size() && pieces.get(i).is(Kind.VALUE);
    return value && !isFollowedByMore(i) && isSameShape(before, i) ? i : -1;
  }

  /** Values, or equations for the same name: "x = 6 or x = -1", not "3Y = 120 or Y = 40". */
  private boolean isSameShape(int one, int other) {
    String first = pieces.get(one).text();
    String second = pieces.get(other).text();
    int equals = first.indexOf('=');
    int otherEquals = second.indexOf('=');
    if (equals < 0 || otherEquals < 0) {
      return equals < 0 && otherEquals < 0;
    }
    return isName(first.substring(0, equals)) && isName(second.substring(0, otherEquals));
  }

  private static boolean isName(String left) {
    String name = left.strip();
    return !name.isEmpty()
        && !Character.isDigit(name.charAt(0))
        && name.chars().noneMatch(c -> "+-*/^".indexOf(c) >= 0);
  }

  /** "10, 2 more than eight": a clause of its own. */
  private boolean isFollowedByMore(int index) {
    String next = word(index + 1);
    return next.equals("more") || next.equals("less") || next.equals("times");
  }

  private static boolean isJoint(Piece piece) {
    return piece.is(Kind.COMMA) || (piece.is(Kind.WORD) && Grammar.isJoint(piece.text()));
  }

  /** Appends the unit behind a value, and the smaller units of a compound quantity. */
  private int appendUnit(int index, StringBuilder text) {
    int last = index;
    while (isMark(word(last + 1))) {
      text.append(' ').append(pieces.get(++last).text());
    }
    if (!Units.isUnit(written(last + 1))) {
      return last;
    }
    text.append(' ').append(pieces.get(++last).text());
    int next = word(last + 1).equals("and") ? last + 2 : last + 1;
    boolean more =
        next < pieces.size()
            && pieces.get(next).is(Kind.VALUE)
            && isSmaller(written(last), written(next + 1));
    if (more) {
      text.append(' ').append(pieces.get(next).text());
      if (word(next + 1).equals(INCH)) {
        text.append(" inches");
        return next + 1;
      }
      return appendUnit(next, text);
    }
    return last;
  }

  /** Whether minutes follow hours, inches feet. */
  private static boolean isSmaller(String one, String other) {
    Units.Unit first = Units.named(one);
    // "In" is a unit behind feet only.
    Units.Unit second = Units.named(other.equals(INCH) ? "inch" : other);
    return first != null
        && second != null
        && first.dimension().equals(second.dimension())
        && first.factor().compareTo(second.factor()) > 0;
  }

  private static boolean isMark(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return MARKS.contains(lower) || CLOCK.contains(lower);
  }

  private int rank(int index) {
    int before = beforeFillers(index);
    Piece piece = pieces.get(index);
    int equals = piece.text().lastIndexOf('=');
    boolean computed = equals > 0 && Conclusion.isArithmetic(piece.text().substring(0, equals));
    if (!computed && (isDenied(index) || isBound(before))) {
      return NEVER;
    }
    int rank = rankBehind(before);
    boolean condition = !computed && (rank == CIRCUMSTANCE || isBehindCondition(before));
    if (equals >= 0 && (rank > NAMED || computed)) {
      // "It is 3 when x = 1": the equation says where, not what.
      rank = condition ? ASIDE : COMPUTED;
    } else if (isName(piece.text()) && piece.text().chars().noneMatch(Character::isDigit)) {
      // "All odd n" states no n; "the solution is n" does.
      rank = rank < STATED && pieces.size() > 1 ? NEVER : LETTER;
    }
    if (rank == NEVER) {
      return NEVER;
    }
    if (isReasonOpen(index, computed)) {
      rank = Math.min(rank, ASIDE);
    }
    return rank == NAMED || !piece.bold() ? rank : rank + BOLD;
  }

  private boolean isBehindCondition(int before) {
    return Grammar.isCondition(written(before)) || Grammar.isReason(written(before));
  }

  private static boolean isFiller(Piece piece) {
    return piece.is(Kind.WORD) && Grammar.isFiller(piece.text()) && !Grammar.isCopula(piece.text());
  }

  private int rankBehind(int before) {
    if (before < 0) {
      return SOME;
    }
    Piece piece = pieces.get(before);
    return switch (piece.kind()) {
      case EQUALS -> COMPUTED;
      case COLON -> STATED;
      case WORD -> rankBehindWord(piece.text(), before);
      case COMMA, END, VALUE, LABEL -> SOME;
    };
  }

  private int rankBehindWord(String word, int at) {
    if (Grammar.isNamed(word)) {
      return NAMED;
    }
    if (Grammar.isCopula(word)) {
      return STATED;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    String earlier = word(at - 1);
    if (lower.equals("to")) {
      if (Grammar.isRounding(earlier) || Grammar.isRounding(word(at - 2))) {
        return COMPUTED;
      }
      return Grammar.isReaching(earlier) ? STATED : CIRCUMSTANCE;
    }
    if (Grammar.isJoint(word)) {
      return Math.min(SOME, rankOfPhrase(at - 1));
    }
    if (lower.equals("of")) {
      return Grammar.isQuantity(earlier) ? STATED : CIRCUMSTANCE;
    }
    if (lower.equals("containing") && isBehindSet(at)) {
      return STATED;
    }
    if (Grammar.isPreposition(word)) {
      return CIRCUMSTANCE;
    }
    // "15 hours to clean 45 rooms", but "she has to pay 45".
    return earlier.equals("to") && !Grammar.isModal(word(at - 2)) ? PURPOSE : SOME;
  }

  /** "The set containing 2 and 5", "the solution set containing only …". */
  private boolean isBehindSet(int containing) {
    return word(containing - 1).equals("set");
  }

  /** "Is greater than 10", "at least 10": a bound is no value. */
  private boolean isBound(int before) {
    boolean compared = word(before).equals("than") && Grammar.isComparative(word(before - 1));
    boolean is = before < 2 || Grammar.isIs(written(before - 2)) || word(before - 2).equals("be");
    boolean limit = word(before).equals("least") || word(before).equals("most");
    return (compared && is) || (limit && word(before - 1).equals("at"));
  }

  /** What rank the words before an "and" give: "to groom 5 dogs and 3 cats". */
  private int rankOfPhrase(int from) {
    for (int i = from; i > 0 && i > from - LONGEST_PHRASE; i--) {
      Piece piece = pieces.get(i);
      if (!piece.is(Kind.WORD) && !piece.is(Kind.VALUE)) {
        return SOME;
      }
      boolean purpose = word(i).equals("to") && !Grammar.isModal(word(i - 1));
      if (purpose || Grammar.isPreposition(written(i))) {
        return purpose ? PURPOSE : CIRCUMSTANCE;
      }
      if (Grammar.isCopula(written(i))) {
        return SOME;
      }
    }
    return SOME;
  }

  /** "not 18", "instead of 18", "rather than 18". */
  private boolean isDenied(int index) {
    int from = index - 1;
    for (int i = from; i >= 0 && i > from - DENIED_WITHIN; i--) {
      Piece piece = pieces.get(i);
      if (!piece.is(Kind.WORD)) {
        return false;
      }
      if (Grammar.isIs(piece.text())) {
        return false;
      }
      boolean instead = word(i).equals("instead") || word(i).equals("rather");
      if (Grammar.isNegation(piece.text()) || (instead && i < from)) {
        return !word(i + 1).equals("only") && !isButBetween(i, index);
      }
    }
    return false;
  }

  private boolean isButBetween(int from, int to) {
    for (int i = from; i < to; i++) {
      if (word(i).equals("but") || word(i).equals("which") || word(i).equals("it's")) {
        return true;
      }
    }
    return false;
  }

  /** Whether a clause of reasons or conditions, or an opening circumstance, is open here. */
  private boolean isReasonOpen(int index, boolean computed) {
    boolean open = false;
    for (int i = 0; i < index; i++) {
      Piece piece = pieces.get(i);
      if (piece.is(Kind.COMMA) || piece.is(Kind.COLON)) {
        open = false;
      } else if (piece.is(Kind.WORD)) {
        boolean opening = i == 0 && Grammar.isOpening(piece.text()) && hasCommaBeforeValue(i);
        boolean condition = !computed && Grammar.isCondition(piece.text());
        open |= opening || (i > 0 && (condition || Grammar.isReason(piece.text())));
        open &= !Grammar.isResult(piece.text());
      }
    }
    return open;
  }

  /** Whether a comma comes, and behind it a value. */
  private boolean hasCommaBeforeValue(int from) {
    return first(Kind.VALUE, first(Kind.COMMA, from)) < pieces.size();
  }

  /** Where the first piece of a kind is from a place on; behind all when there is none. */
  private int first(Kind kind, int from) {
    int i = from;
    while (i < pieces.size() && !pieces.get(i).is(kind)) {
      i++;
    }
    return i;
  }

  /** The last number in words: "there are five apples". */
  private @Nullable String inWords(boolean onlyStated) {
    List<String> phrase = new ArrayList<>();
    String last = null;
    for (int i = 0; i <= pieces.size(); i++) {
      String word = i < pieces.size() && pieces.get(i).is(Kind.WORD) ? pieces.get(i).text() : "";
      boolean joint = !phrase.isEmpty() && isJointOfNumber(i);
      if (!word.isEmpty() && (NumberWords.isPart(word) || joint)) {
        phrase.add(word);
      } else if (!phrase.isEmpty()) {
        int first = i - phrase.size();
        String sign = NumberWords.isMinus(word(first - 1)) ? "minus " : "";
        String number = sign + String.join(" ", phrase);
        boolean stated = isStated(first) || !(onlyStated || number.equalsIgnoreCase("one"));
        last = stated && NumberWords.read(number) != null ? number : last;
        phrase.clear();
      }
    }
    return last;
  }

  /** "One hundred and five", "half a dozen", "two and a half". */
  private boolean isJointOfNumber(int index) {
    boolean article = word(index).equals("a");
    boolean and = word(index).equals("and");
    if ((and || article) && NumberWords.isPart(word(index + 1))) {
      return true;
    }
    return and && word(index + 1).equals("a") && NumberWords.isPart(word(index + 2));
  }

  private boolean isStated(int at) {
    return Grammar.isCopula(written(beforeFillers(at)));
  }

  /** The last piece before a place that is no filler; −1 when there is none. */
  private int beforeFillers(int index) {
    int before = index - 1;
    while (before >= 0 && isFiller(pieces.get(before))) {
      before--;
    }
    return before;
  }

  /** The word at a place, in small letters; empty when there is none. */
  private String word(int index) {
    return written(index).toLowerCase(Locale.ROOT);
  }

  private String written(int index) {
    boolean word = index >= 0 && index < pieces.size() && pieces.get(index).is(Kind.WORD);
    return word ? pieces.get(index).text() : "";
  }
}
