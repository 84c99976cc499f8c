package dev.splitreason.answers.check.notation;

import dev.splitreason.answers.check.notation.Units.Unit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * What an answer's unit says.
 *
 * @param unit the unit; of several the largest
 * @param total the whole of a quantity in several units, "3 hours 20 minutes", in the dimension's
 *     first unit; null for others
 */
public record Quantity(Unit unit, @Nullable BigFraction total) {

  /** Longer texts are no quantities. */
  private static final int LONGEST = 100;

  private static final Pattern STYLE = Pattern.compile("\\\\text\\s*\\{([^{}]*)\\}");
  private static final Pattern GROUPS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");

  private static final String WORD = "[a-zA-Z\u00a2]+";
  private static final String POWER = "(?: ?\\^ ?\\{?([23])\\}?| (squared|cubed))?";

  /** A value, a unit with its power, and perhaps a unit below it. */
  private static final Pattern SIMPLE =
      Pattern.compile(
          "((?:[^a-zA-Z\\\\]|\\\\[a-zA-Z]+)*[\\d)}]) ?(square |cubic |sq\\.? |cu\\.? )?("
              + WORD
              + ")"
              + POWER
              + "(?: ?(?:/|per) ?("
              + WORD
              + ")"
              + POWER
              + ")?");

  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d+)?) ?(" + WORD + ")(?:,| and|, and)? ?");

  /** An amount of dollars. */
  public static Quantity dollars() {
    return new Quantity(new Unit("money", BigFraction.ONE), null);
  }

  /** Whether it is an amount of cents, which people also write in dollars. */
  public boolean isCents() {
    return total == null && unit.equals(Units.named("cent"));
  }

  /** The quantity a text is; null when it has no unit that is known. */
  public static @Nullable Quantity read(String unified) {
    if (unified.length() > LONGEST) {
      return null;
    }
    String plain = STYLE.matcher(unified).replaceAll(" $1 ").replaceAll("\\s+", " ").strip();
    Quantity compound = compound(GROUPS.matcher(plain).replaceAll(""));
    return compound == null ? simple(plain) : compound;
  }

  private static @Nullable Quantity compound(String plain) {
    Matcher part = PART.matcher(plain);
    BigFraction total = BigFraction.ZERO;
    Unit first = null;
    Unit before = null;
    int parts = 0;
    while (part.lookingAt()) {
      // "In" is a unit behind feet only.
      boolean inches = before != null && part.group(2).equals("in");
      Unit unit = Units.named(inches ? "inch" : part.group(2));
      boolean fits =
          unit != null
              && (before == null
                  || (unit.dimension().equals(before.dimension())
                      && unit.factor().compareTo(before.factor()) < 0));
      if (!fits || unit == null) {
        return null;
      }
      total = total.add(decimal(part.group(1)).multiply(unit.factor()));
      first = first == null ? unit : first;
      before = unit;
      parts++;
      part.region(part.end(), plain.length());
    }
    boolean whole = part.regionStart() == plain.length();
    return first == null || parts < 2 || !whole ? null : new Quantity(first, total);
  }

  private static BigFraction decimal(String number) {
    BigDecimal value = new BigDecimal(number);
    return value.scale() <= 0
        ? new BigFraction(value.toBigInteger())
        : new BigFraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  private static @Nullable Quantity simple(String plain) {
    Matcher match = SIMPLE.matcher(plain);
    if (!match.matches()) {
      return null;
    }
    String name = match.group(3);
    // "3m" is a product; a letter is a unit behind a space.
    boolean letter = name.length() == 1 && name.charAt(0) < 128;
    boolean beside = letter && plain.charAt(match.start(3) - 1) != ' ';
    Unit unit = beside ? null : Units.named(name);
    if (unit == null) {
      return null;
    }
    Unit above = unit.power(power(match.group(2), match.group(4), match.group(5)));
    if (match.group(6) == null) {
      return new Quantity(above, null);
    }
    Unit below = Units.named(match.group(6));
    return below == null
        ? null
        : new Quantity(
            Units.quotient(above, below.power(power(null, match.group(7), match.group(8)))), null);
  }

  private static int power(
      @Nullable String before, @Nullable String digit, @Nullable String behind) {
    if (digit != null) {
      return Integer.parseInt(digit);
    }
    String word = before != null ? before : behind;
    return word == null ? 1 : word.startsWith("s") ? 2 : 3;
  }
}
