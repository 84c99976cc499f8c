package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Conventions.Commas;
import dev.splitreason.answers.check.notation.Expression.Literal;
import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/**
 * Reads number literals: integers, decimals, grouped digits, repeating decimals, scientific
 * notation.
 */
final class NumberReader {

  /** More digits than any answer has, and few enough to compute with. */
  private static final int MOST_DIGITS = 3000;

  private static final int MOST_EXPONENT = 3000;

  private static final int LONGEST_PERIOD = 12;

  private final Cursor cursor;
  private final Commas commas;

  NumberReader(Cursor cursor, Commas commas) {
    this.cursor = cursor;
    this.commas = commas;
  }

  /** Whether a literal starts at the next character. */
  boolean startsHere() {
    char c = cursor.peek();
    return Cursor.isDigit(c) || (c == '.' && Cursor.isDigit(cursor.here(1)));
  }

  /**
   * Reads the literal here.
   *
   * @param insideBrackets whether a comma may part items of a tuple or set
   */
  Literal read(boolean insideBrackets) {
    String whole = wholeDigits(insideBrackets);
    String fraction = "";
    boolean decimalComma = commas == Commas.DECIMAL && cursor.here(0) == ',';
    boolean point = cursor.here(0) == '.' && (cursor.here(1) != '.');
    if ((point || decimalComma) && (!whole.isEmpty() || Cursor.isDigit(cursor.here(1)))) {
      fraction = cursor.digits(1);
      cursor.skip(1 + fraction.length());
    }
    String repeating = repeatingDigits();
    if (whole.length() + fraction.length() + repeating.length() > MOST_DIGITS) {
      throw new Unreadable();
    }
    if (!repeating.isEmpty()) {
      return repeatingDecimal(whole, fraction, repeating);
    }
    if (cursor.takeCommand("ldots") && !fraction.isEmpty()) {
      String period = period(fraction);
      if (!period.isEmpty()) {
        return repeatingDecimal(whole, fraction, period);
      }
    }
    BigFraction value = decimal(whole, fraction);
    int exponent = exponent();
    if (exponent != 0) {
      BigInteger scale = BigInteger.TEN.pow(Math.abs(exponent));
      value = exponent > 0 ? value.multiply(scale) : value.divide(scale);
    }
    int decimals = fraction.isEmpty() ? Literal.EXACT : fraction.length() - exponent;
    return new Literal(value, Math.max(decimals, Literal.EXACT));
  }

  private String wholeDigits(boolean insideBrackets) {
    String first = cursor.digits(0);
    cursor.skip(first.length());
    boolean commaGroups = commas == Commas.THOUSANDS && !insideBrackets;
    StringBuilder all = new StringBuilder(first);
    if (first.isEmpty() || first.length() > 3 || first.equals("0")) {
      return first;
    }
    while (isGroupSign(cursor.here(0), commaGroups)
        && cursor.digits(1).length() == 3
        && !isFractionBehindSpace()) {
      all.append(cursor.digits(1));
      cursor.skip(4);
    }
    return all.toString();
  }

  /** "5 121/144": a mixed number, not 5121 over 144. */
  private boolean isFractionBehindSpace() {
    String below = cursor.here(0) == ' ' && cursor.here(4) == '/' ? cursor.digits(5) : "";
    String above = cursor.digits(1);
    return below.length() > above.length()
        || (below.length() == above.length() && below.compareTo(above) > 0);
  }

  private static boolean isGroupSign(char c, boolean commaGroups) {
    return c == ' ' || (c == ',' && commaGroups);
  }

  /** The digits under a bar: {@code 0.1\overline{6}}. */
  private String repeatingDigits() {
    String command = cursor.here(0) == '\\' ? cursor.command() : "";
    if (!command.equals("overline") && !command.equals("bar") && !command.equals("dot")) {
      return "";
    }
    int start = cursor.at();
    cursor.takeCommand(command);
    String digits = cursor.peek() == '{' ? cursor.rawGroup().strip() : cursor.digits(0);
    if (cursor.here(-1) != '}') {
      cursor.skip(digits.length());
    }
    if (digits.isEmpty() || !digits.chars().allMatch(c -> Cursor.isDigit((char) c))) {
      cursor.moveTo(start);
      return "";
    }
    return digits;
  }

  /** What repeats at the end of digits with "…" behind them; empty when nothing does. */
  private static String period(String digits) {
    for (int length = 1; length <= Math.min(LONGEST_PERIOD, digits.length() / 2); length++) {
      String last = digits.substring(digits.length() - length);
      int repeats = 0;
      while (digits.startsWith(last, digits.length() - (repeats + 1) * length)) {
        repeats++;
      }
      boolean all = repeats * length == digits.length();
      if (repeats >= (length == 1 && !all ? 3 : 2)) {
        return last;
      }
    }
    return "";
  }

  private static Literal repeatingDecimal(String whole, String fraction, String repeating) {
    BigInteger nines = BigInteger.TEN.pow(repeating.length()).subtract(BigInteger.ONE);
    BigFraction tail =
        new BigFraction(
            new BigInteger(repeating), nines.multiply(BigInteger.TEN.pow(fraction.length())));
    return new Literal(decimal(whole, fraction).add(tail), Literal.EXACT);
  }

  private static BigFraction decimal(String whole, String fraction) {
    BigInteger digits = new BigInteger("0" + whole + fraction);
    return new BigFraction(digits, BigInteger.TEN.pow(fraction.length()));
  }

  /** The exponent of {@code 1.5e3}; 0 when there is none. */
  private int exponent() {
    char mark = cursor.here(0);
    if (mark != 'e' && mark != 'E') {
      return 0;
    }
    boolean signed = cursor.here(1) == '-' || cursor.here(1) == '+';
    String digits = cursor.digits(signed ? 2 : 1);
    if (digits.isEmpty() || digits.length() > 4) {
      return 0;
    }
    int exponent = Integer.parseInt(digits);
    if (exponent > MOST_EXPONENT) {
      throw new Unreadable();
    }
    boolean negative = cursor.here(1) == '-';
    cursor.skip(digits.length() + (signed ? 2 : 1));
    return negative ? -exponent : exponent;
  }
}
