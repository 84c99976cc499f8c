package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Conventions.Slash;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Degrees;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.NamedSet;
import dev.splitreason.answers.check.notation.Expression.Percent;
import dev.splitreason.answers.check.notation.Expression.PlusMinus;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Sum;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Expression.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Reads sums of products of powers of atoms. Factors may stand side by side; atoms are {@link
 * AtomReader}'s.
 */
final class FormulaReader {

  /** Deeper nesting than any answer has, and far from the end of a thread's stack. */
  private static final int DEEPEST = 100;

  private final Cursor cursor;
  private final Connectives connectives;
  private final Slash slash;
  private final AtomReader atoms;

  private int depth;
  private int openBars;
  private boolean stopsAtBar;

  FormulaReader(
      Cursor cursor, Connectives connectives, Conventions conventions, AnswerReader collections) {
    this.cursor = cursor;
    this.connectives = connectives;
    this.slash = conventions.slash();
    this.atoms =
        new AtomReader(
            cursor,
            new NumberReader(cursor, conventions.commas()),
            conventions.letters(),
            this,
            collections);
  }

  /** Whether a bar or colon here ends the formula: it parts a set's variable from its condition. */
  boolean stopsAtBar() {
    return stopsAtBar;
  }

  void setStopsAtBar(boolean stops) {
    stopsAtBar = stops;
  }

  Expression sum() {
    List<Expression> terms = new ArrayList<>();
    if (cursor.command().equals("pm") || cursor.command().equals("mp")) {
      terms.add(Expression.integer(0));
    } else {
      terms.add(signedProduct());
    }
    while (true) {
      if (cursor.take('+')) {
        terms.add(signedProduct());
      } else if (cursor.peek() == '-' && !partsSets(terms)) {
        cursor.take('-');
        terms.add(Expression.negate(signedProduct()));
      } else if (cursor.takeCommand("pm")) {
        Expression soFar = added(terms);
        terms = new ArrayList<>(List.of(new PlusMinus(soFar, signedProduct(), false)));
      } else if (cursor.takeCommand("mp")) {
        Expression soFar = added(terms);
        terms = new ArrayList<>(List.of(new PlusMinus(soFar, signedProduct(), true)));
      } else if (cursor.takeCommand("choose")) {
        return new Apply("binomial", List.of(added(terms), sum()));
      } else if (cursor.takeCommand("over")) {
        return Expression.divide(added(terms), sum());
      } else {
        return added(terms);
      }
    }
  }

  private static boolean partsSets(List<Expression> terms) {
    return terms.size() == 1 && isCollection(terms.getFirst());
  }

  private static Expression added(List<Expression> terms) {
    return terms.size() == 1 ? terms.getFirst() : new Sum(List.copyOf(terms));
  }

  private Expression signedProduct() {
    boolean negative = false;
    while (cursor.peek() == '+' || cursor.peek() == '-') {
      negative ^= cursor.take('-') || !cursor.take('+');
    }
    Expression product = product();
    return negative ? Expression.negate(product) : product;
  }

  Expression product() {
    ProductBuilder product = new ProductBuilder();
    product.times(power());
    while (true) {
      if (cursor.take('*')) {
        product.times(signedPower());
      } else if (cursor.take('/')) {
        boolean unit = product.last() instanceof Words && Vocabulary.isUnit(cursor.letters());
        product.over(unit ? followed(atoms.words()) : divisor());
      } else if (cursor.takeCommand("bmod") || cursor.takeCommand("mod")) {
        return new Apply("mod", List.of(product.build(), power()));
      } else if (cursor.takeCommand("pmod")) {
        return new Apply("mod", List.of(product.build(), argument()));
      } else if (product.isNumber() && atoms.isLetterUnitHere()) {
        product.times(followed(atoms.words()));
      } else if (startsFactor() && !isCollection(product.last())) {
        Expression mixed = mixedNumber(product.last());
        if (mixed == null) {
          product.times(power());
        } else {
          product.replaceLast(followed(mixed));
        }
      } else {
        return product.build();
      }
    }
  }

  private Expression signedPower() {
    boolean negative = false;
    while (cursor.peek() == '+' || cursor.peek() == '-') {
      negative ^= cursor.take('-') || !cursor.take('+');
    }
    return negative ? Expression.negate(power()) : power();
  }

  private Expression divisor() {
    Expression first = signedPower();
    if (slash == Slash.ONE_FACTOR) {
      return first;
    }
    ProductBuilder divisor = new ProductBuilder();
    divisor.times(first);
    while (startsFactor()) {
      divisor.times(power());
    }
    return divisor.build();
  }

  /** {@code 1\frac{2}{3}} and {@code 1 2/3}: an integer and a proper fraction beside it. */
  private @Nullable Expression mixedNumber(Expression before) {
    if (!(before instanceof Literal(BigFraction whole, int decimals))
        || decimals != Literal.EXACT) {
      return null;
    }
    int start = cursor.at();
    BigFraction part = cursor.takeCommand("frac") ? stackedFraction() : slashedFraction();
    if (part == null || part.signum() <= 0 || part.compareTo(BigFraction.ONE) >= 0) {
      cursor.moveTo(start);
      return null;
    }
    return new Literal(whole.add(part), Literal.EXACT);
  }

  private @Nullable BigFraction stackedFraction() {
    String above = smallArgument();
    String below = smallArgument();
    return fraction(above, below);
  }

  /** The digits of an argument that is nothing else; empty when it is. */
  private String smallArgument() {
    boolean group = cursor.take('{');
    String digits = Cursor.isDigit(cursor.peek()) ? cursor.digits(0) : "";
    if (!group) {
      digits = digits.substring(0, Math.min(1, digits.length()));
    }
    cursor.skip(digits.length());
    return !group || cursor.take('}') ? digits : "";
  }

  private @Nullable BigFraction slashedFraction() {
    if (!cursor.afterSpace() || !Cursor.isDigit(cursor.peek())) {
      return null;
    }
    String above = cursor.digits(0);
    cursor.skip(above.length());
    if (!cursor.take('/') || !Cursor.isDigit(cursor.peek())) {
      return null;
    }
    String below = cursor.digits(0);
    cursor.skip(below.length());
    return fraction(above, below);
  }

  private static @Nullable BigFraction fraction(String above, String below) {
    boolean small =
        !above.isEmpty() && !below.isEmpty() && above.length() < 10 && below.length() < 10;
    return small && Long.parseLong(below) > 0
        ? new BigFraction(Long.parseLong(above), Long.parseLong(below))
        : null;
  }

  /** Whether another factor may start here, side by side with the one before. */
  boolean startsFactor() {
    char next = cursor.peek();
    if (next == '|') {
      return openBars == 0 && !stopsAtBar;
    }
    if (next == '\\') {
      return AtomReader.isAtom(cursor.command()) && !connectives.isHere();
    }
    if (Cursor.isLetter(next)) {
      return !connectives.isHere();
    }
    return Cursor.isDigit(next) || next == '.' || next == '(' || next == '[' || next == '{';
  }

  /** A union follows a set, never a factor. */
  private static boolean isCollection(@Nullable Expression expression) {
    return expression instanceof NamedSet
        || (expression instanceof Group(Bracket bracket, var items)
            && bracket != Bracket.BARE
            && bracket != Bracket.AND);
  }

  /** An atom and what is written behind it: powers, subscripts, factorials, percent, degrees. */
  Expression power() {
    enter();
    Expression power = followed(atoms.atom());
    leave();
    return power;
  }

  private Expression followed(Expression atom) {
    Expression base = atom;
    while (true) {
      if (cursor.peek() == '!' && cursor.here(1) != '=') {
        boolean twice = cursor.take("!!") || !cursor.take('!');
        base = new Apply(twice ? "doublefactorial" : "factorial", List.of(base));
      } else if (cursor.take('%')) {
        base = new Percent(base);
      } else if (cursor.takeCommand("degree")) {
        base = new Degrees(base);
        takeTemperatureScale();
      } else if (cursor.take('\'')) {
        base = primed(base);
      } else if (cursor.take('_')) {
        base = subscripted(base);
      } else if (cursor.take('^')) {
        base = raised(base);
      } else {
        return base;
      }
    }
  }

  private void takeTemperatureScale() {
    String scale = cursor.letters();
    if (scale.equals("C") || scale.equals("F")) {
      cursor.skip(1);
    }
  }

  private static Expression primed(Expression base) {
    return switch (base) {
      case Symbol(String name) -> new Symbol(name + "'");
      case Apply(String function, var arguments) -> new Apply(function + "'", arguments);
      default -> throw new Unreadable();
    };
  }

  private Expression subscripted(Expression base) {
    String subscript = rawArgument();
    return switch (base) {
      case Symbol(String name) -> new Symbol(name + "_" + subscript);
      case Expression.Constant constant -> new Symbol(constant + "_" + subscript);
      case Words(String text) -> new Symbol(text + "_" + subscript);
      case Literal(BigFraction value, int decimals) -> AtomReader.based(value, decimals, subscript);
      default -> throw new Unreadable();
    };
  }

  private Expression raised(Expression base) {
    if (cursor.takeCommand("prime")) {
      return primed(base);
    }
    Expression exponent = exponent();
    // The square of a unit is a unit.
    return base instanceof Words ? base : new Power(base, exponent);
  }

  /** What stands behind a {@code ^}: a group, or one signed atom, a number with all its digits. */
  Expression exponent() {
    boolean negative = cursor.take('-');
    Expression exponent = cursor.peek() == '{' ? argument() : power();
    return negative ? Expression.negate(exponent) : exponent;
  }

  /** An argument as TeX takes it: a group, or one digit, letter or command. */
  Expression argument() {
    enter();
    Expression argument;
    if (Cursor.isDigit(cursor.peek())) {
      argument = Expression.integer(cursor.peek() - '0');
      cursor.skip(1);
    } else if (Cursor.isLetter(cursor.peek())) {
      argument = AtomReader.letter(cursor.peek());
      cursor.skip(1);
    } else {
      argument = atoms.atom();
    }
    leave();
    return argument;
  }

  private String rawArgument() {
    if (cursor.peek() == '{') {
      return cursor.rawGroup().replaceAll("[\\s{}]|\\\\text", "");
    }
    int start = cursor.at();
    if (Cursor.isDigit(cursor.peek())) {
      cursor.skip(cursor.digits(0).length());
    } else if (cursor.peek() == '\\') {
      cursor.skip(1 + cursor.command().length());
      if (cursor.peek() == '{') {
        return cursor.rawGroup().strip();
      }
    } else if (!cursor.atEnd()) {
      cursor.skip(1);
    }
    return cursor.since(start).strip();
  }

  /** The factors side by side that a function without parentheses takes: {@code \sin 2\pi x}. */
  Expression functionArgument() {
    ProductBuilder product = new ProductBuilder();
    boolean negative = cursor.take('-');
    product.times(power());
    while (startsFactor() && !atoms.isFunctionHere() && cursor.peek() != '(') {
      product.times(power());
    }
    return negative ? Expression.negate(product.build()) : product.build();
  }

  /** What stands between bars, of which the first is taken. */
  Expression betweenBars() {
    boolean outer = stopsAtBar;
    stopsAtBar = false;
    openBars++;
    Expression inside = sum();
    cursor.expect('|');
    openBars--;
    stopsAtBar = outer;
    return new Apply("abs", List.of(inside));
  }

  /** Reads inside brackets, where bars outside do not close. */
  <T> T inside(Supplier<T> reading) {
    enter();
    int bars = openBars;
    boolean stops = stopsAtBar;
    openBars = 0;
    stopsAtBar = false;
    T read = reading.get();
    openBars = bars;
    stopsAtBar = stops;
    leave();
    return read;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw new Unreadable();
    }
  }

  private void leave() {
    depth--;
  }
}
