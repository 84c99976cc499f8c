package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Conventions.Letters;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Based;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.NamedSet;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Expression.Words;
import java.util.List;
import java.util.Set;
import org.hipparchus.fraction.BigFraction;

/** Reads what formulas are made of: numbers, letters, words, commands; brackets by a reader. */
final class AtomReader {

  /** Commands that part or end formulas, and never start a factor. */
  private static final Set<String> NO_ATOMS =
      Set.of(
          "",
          "le",
          "ge",
          "ne",
          "in",
          "equiv",
          "approx",
          "sim",
          "pm",
          "mp",
          "cup",
          "cap",
          "setminus",
          "rangle",
          "rfloor",
          "rceil",
          "}",
          "\\",
          "end",
          "pmod",
          "bmod",
          "mod",
          "to",
          "choose",
          "over",
          "implies",
          "Rightarrow",
          "rightarrow",
          "iff",
          "degree",
          "prime");

  /** Letters that name functions when parentheses follow. */
  private static final String FUNCTION_LETTERS = "fghFGH";

  /** A run of letters as long as this is a word, not a product of variables. */
  private static final int WORD_LENGTH = 4;

  private final Cursor cursor;
  private final NumberReader numbers;
  private final Letters letters;
  private final FormulaReader formulas;
  private final BracketReader brackets;

  AtomReader(
      Cursor cursor,
      NumberReader numbers,
      Letters letters,
      FormulaReader formulas,
      AnswerReader collections) {
    this.cursor = cursor;
    this.letters = letters;
    this.numbers = numbers;
    this.formulas = formulas;
    this.brackets = new BracketReader(cursor, formulas, collections);
  }

  static boolean isAtom(String command) {
    return !NO_ATOMS.contains(command);
  }

  /** A letter of a formula: a variable, or one of the constants e and i. */
  static Expression letter(char letter) {
    return switch (letter) {
      case 'e' -> Constant.E;
      case 'i' -> Constant.I;
      default -> new Symbol(String.valueOf(letter));
    };
  }

  /** A number with a subscript: digits in a base. */
  static Expression based(BigFraction value, int decimals, String subscript) {
    boolean base = subscript.length() <= 2 && subscript.chars().allMatch(c -> c >= '0' && c <= '9');
    if (decimals != Literal.EXACT || !value.isInteger() || !base || subscript.isEmpty()) {
      throw new Unreadable();
    }
    return new Based(value.getNumerator().toString(), Integer.parseInt(subscript));
  }

  Expression atom() {
    char next = cursor.peek();
    if (numbers.startsHere()) {
      return numbers.read(brackets.areOpen());
    }
    if (Cursor.isLetter(next)) {
      return letters();
    }
    return switch (next) {
      case '\\' -> command();
      case '(', '[', '{' -> brackets.read();
      case '|' -> {
        cursor.take('|');
        yield formulas.betweenBars();
      }
      default -> throw new Unreadable();
    };
  }

  /** Whether a function stands here, which ends the argument of the one before. */
  boolean isFunctionHere() {
    String name = cursor.peek() == '\\' ? cursor.command() : cursor.letters();
    return Vocabulary.isFunction(name);
  }

  /** The letters here as a word, whatever else they could be. */
  Words words() {
    String run = cursor.letters();
    cursor.skip(run.length());
    return new Words(run);
  }

  private Expression letters() {
    String run = cursor.letters();
    if (run.length() == 1 || Cursor.isLetter(cursor.here(-1))) {
      return singleLetter(run.charAt(0));
    }
    if (Vocabulary.isFunction(run) && hasArgument(run.length())) {
      cursor.skip(run.length());
      return function(Vocabulary.function(run));
    }
    if (run.equals("sqrt")) {
      cursor.skip(4);
      return root(formulas.power());
    }
    if (run.equals("pi") || run.equals("Pi")) {
      cursor.skip(2);
      return Constant.PI;
    }
    if (Vocabulary.isInfinity(run)) {
      cursor.skip(run.length());
      return Constant.INFINITY;
    }
    if (letters == Letters.VARIABLES && run.length() < WORD_LENGTH) {
      return singleLetter(run.charAt(0));
    }
    boolean unit = Vocabulary.isUnit(run) && (cursor.afterSpace() || run.length() > 1);
    boolean geometric = run.length() == WORD_LENGTH && run.chars().allMatch(c -> c <= 'Z');
    boolean word = unit || Vocabulary.isPercent(run) || Vocabulary.isSmallWord(run);
    if (word || (run.length() >= WORD_LENGTH && !geometric)) {
      return words();
    }
    return singleLetter(run.charAt(0));
  }

  private Expression singleLetter(char letter) {
    cursor.skip(1);
    int primes = 0;
    while (cursor.here(primes) == '\'') {
      primes++;
    }
    if (FUNCTION_LETTERS.indexOf(letter) >= 0 && cursor.here(primes) == '(') {
      cursor.skip(primes);
      return brackets.applied(letter + "'".repeat(primes));
    }
    return letter(letter);
  }

  /** Whether a unit of one letter ends the text here: {@code 3 m}, {@code 9.8 m/s^2}. */
  boolean isLetterUnitHere() {
    boolean afterSpace = cursor.afterSpace();
    if (letters == Letters.VARIABLES
        || !afterSpace
        || cursor.letters().length() != 1
        || !Vocabulary.isLetterUnit(cursor.peek())) {
      return false;
    }
    int start = cursor.at();
    cursor.skip(1);
    boolean ends = cursor.atEnd() || cursor.peek() == '^';
    if (cursor.take('/')) {
      ends = Vocabulary.isUnit(cursor.letters());
    }
    cursor.moveTo(start);
    return ends;
  }

  private boolean hasArgument(int length) {
    int start = cursor.at();
    cursor.skip(length);
    boolean has =
        formulas.startsFactor()
            || cursor.peek() == '^'
            || cursor.peek() == '_'
            || cursor.peek() == '-';
    cursor.moveTo(start);
    return has;
  }

  private Expression command() {
    String name = cursor.command();
    if (!isAtom(name)) {
      throw new Unreadable();
    }
    if (name.equals("{") || name.equals("langle") || isFence(name)) {
      return brackets.read();
    }
    cursor.takeCommand(name);
    if (Vocabulary.isFunction(name)) {
      return function(Vocabulary.function(name));
    }
    return switch (name) {
      case "frac" -> {
        Expression above = formulas.argument();
        yield Expression.divide(above, formulas.argument());
      }
      case "binom" -> new Apply("binomial", List.of(formulas.argument(), formulas.argument()));
      case "sqrt" -> radical();
      case "text" -> text();
      case "pi" -> Constant.PI;
      case "infty" -> Constant.INFINITY;
      case "emptyset" -> NamedSet.EMPTY;
      case "mathbb", "mathcal", "mathscr", "mathfrak" -> namedSet();
      case "begin" -> brackets.environment();
      case "sum", "prod" -> series(name);
      case "overline", "bar", "hat", "widehat", "tilde", "widetilde", "underline" ->
          new Apply(name, List.of(formulas.argument()));
      default -> new Symbol("\\" + name);
    };
  }

  private static boolean isFence(String name) {
    return name.equals("lfloor") || name.equals("lceil");
  }

  private Expression radical() {
    if (!cursor.take('[')) {
      return root(formulas.argument());
    }
    Expression degree = formulas.inside(formulas::sum);
    cursor.expect(']');
    Expression radicand = formulas.argument();
    Expression exponent = Expression.divide(Expression.integer(1), degree);
    // The real root, as schools take it: ∛−8 is −2.
    return isOdd(degree) && isNegative(radicand)
        ? Expression.negate(new Power(Expression.negate(radicand), exponent))
        : new Power(radicand, exponent);
  }

  private static boolean isOdd(Expression degree) {
    return degree instanceof Literal(BigFraction value, int decimals)
        && value.isInteger()
        && value.getNumerator().testBit(0);
  }

  private static boolean isNegative(Expression radicand) {
    return switch (radicand) {
      case Literal(BigFraction value, int decimals) -> value.signum() < 0;
      case Product(var factors) -> isNegative(factors.getFirst());
      default -> false;
    };
  }

  private static Expression root(Expression of) {
    return new Power(of, Expression.divide(Expression.integer(1), Expression.integer(2)));
  }

  private Expression text() {
    String words = cursor.rawGroup().strip();
    if (words.equals("e") || words.equals("i")) {
      return letter(words.charAt(0));
    }
    if (Vocabulary.isFunction(words) && hasArgument(0)) {
      return function(Vocabulary.function(words));
    }
    boolean formula = words.contains("\\") || words.chars().anyMatch(Character::isDigit);
    if (formula && !words.contains("\\text")) {
      Expression inside = AnswerReader.read(words, Conventions.LIKELIEST);
      return inside == null ? new Words(words) : inside;
    }
    return new Words(words);
  }

  private Expression namedSet() {
    String letter = cursor.peek() == '{' ? cursor.rawGroup().strip() : takeLetter();
    return switch (letter) {
      case "R" -> NamedSet.REALS;
      case "Z" -> NamedSet.INTEGERS;
      case "N" -> NamedSet.NATURALS;
      case "Q" -> NamedSet.RATIONALS;
      case "C" -> NamedSet.COMPLEX;
      default -> new Symbol(letter);
    };
  }

  private String takeLetter() {
    char letter = cursor.peek();
    cursor.skip(1);
    return String.valueOf(letter);
  }

  /** A function, the power or base at its name, and its arguments. */
  private Expression function(String name) {
    Expression power = null;
    Expression base = null;
    while (cursor.peek() == '^' || cursor.peek() == '_') {
      if (cursor.take('^')) {
        power = formulas.exponent();
      } else {
        cursor.take('_');
        base = formulas.argument();
      }
    }
    boolean inverse = power != null && power.equals(Expression.integer(-1));
    String actual = inverse && Set.of("sin", "cos", "tan").contains(name) ? "arc" + name : name;
    Expression value =
        cursor.peek() == '('
            ? brackets.applied(actual)
            : new Apply(actual, List.of(formulas.functionArgument()));
    if (base != null && value instanceof Apply(String function, var arguments)) {
      value = new Apply("logbase", List.of(base, arguments.getFirst()));
    }
    return power == null || (actual.startsWith("arc") && inverse) ? value : new Power(value, power);
  }

  /** {@code \sum_{k=1}^{n} term}: the term, the variable, its first and its last value. */
  private Expression series(String name) {
    cursor.expect('_');
    cursor.expect('{');
    Expression from = formulas.inside(formulas::sum);
    if (!(from instanceof Symbol || from == Constant.I) || !cursor.take('=')) {
      throw new Unreadable();
    }
    Expression first = formulas.sum();
    cursor.expect('}');
    cursor.expect('^');
    Expression last = formulas.exponent();
    Expression term = formulas.product();
    return new Apply(name, List.of(withoutUnit(term), withoutUnit(from), first, last));
  }

  /** As an index, i is a variable. */
  private static Expression withoutUnit(Expression expression) {
    return expression == Constant.I
        ? new Symbol("i")
        : Parts.replace(expression, AtomReader::withoutUnit);
  }
}
