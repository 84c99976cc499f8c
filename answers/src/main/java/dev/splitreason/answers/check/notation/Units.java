package dev.splitreason.answers.check.notation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Units of measurement: what they measure, and how many of the dimension's first unit they are.
 * Sources: the international yard and pound (0.9144 m, 0.45359237 kg), US customary volumes.
 */
public final class Units {

  /**
   * A unit.
   *
   * @param dimension what it measures, as "length" or "length^2"
   * @param factor how many of the dimension's first unit it is
   */
  public record Unit(String dimension, BigFraction factor) {

    /** What it measures, without powers: a length for an area. */
    public String base() {
      int power = dimension.indexOf('^');
      return power < 0 ? dimension : dimension.substring(0, power);
    }

    Unit power(int exponent) {
      return exponent == 1 ? this : new Unit(dimension + "^" + exponent, factor.pow(exponent));
    }

    Unit per(Unit other) {
      return new Unit(dimension + "/" + other.dimension, factor.divide(other.factor));
    }
  }

  private static final Map<String, Unit> UNITS = new HashMap<>();

  static {
    add("length", 1, 1, "m", "meter", "meters", "metre", "metres");
    add("length", 1, 100, "cm", "cms", "centimeter", "centimeters", "centimetre", "centimetres");
    add("length", 1, 1000, "mm", "millimeter", "millimeters", "millimetre", "millimetres");
    add("length", 1, 10, "dm", "decimeter", "decimeters");
    add("length", 1000, 1, "km", "kms", "kilometer", "kilometers", "kilometre", "kilometres");
    add("length", 1, 1_000_000_000, "nm", "nanometer", "nanometers");
    add("length", 9144, 360_000, "inch", "inches");
    add("length", 9144, 30_000, "ft", "foot", "feet");
    add("length", 9144, 10_000, "yd", "yds", "yard", "yards");
    add("length", 9144L * 1760, 10_000, "mi", "mile", "miles");
    add("mass", 1, 1, "kg", "kgs", "kilogram", "kilograms", "kilo", "kilos");
    add("mass", 1, 1000, "g", "gm", "gram", "grams");
    add("mass", 1, 1_000_000, "mg", "milligram", "milligrams");
    add("mass", 45_359_237, 100_000_000, "lb", "lbs", "pound", "pounds");
    add("mass", 45_359_237, 1_600_000_000, "oz", "ounce", "ounces");
    add("time", 1, 1, "s", "sec", "secs", "second", "seconds");
    add("time", 60, 1, "min", "mins", "minute", "minutes");
    add("time", 3600, 1, "h", "hr", "hrs", "hour", "hours");
    add("time", 86_400, 1, "day", "days");
    add("time", 7 * 86_400, 1, "week", "weeks", "wk", "wks");
    add("month", 1, 1, "month", "months");
    add("month", 12, 1, "year", "years", "yr", "yrs");
    add("volume", 1, 1, "L", "l", "liter", "liters", "litre", "litres");
    add("volume", 1, 1000, "mL", "ml", "milliliter", "milliliters", "millilitre", "millilitres");
    add("cup", 1, 1, "cup", "cups");
    add("cup", 2, 1, "pint", "pints");
    add("cup", 4, 1, "quart", "quarts");
    add("cup", 16, 1, "gallon", "gallons");
    add("money", 1, 1, "dollar", "dollars", "usd", "USD");
    add("money", 1, 100, "cent", "cents", "\u00a2");
    add("euro", 1, 1, "euro", "euros", "EUR");
    add("speed", 1609_344, 3_600_000, "mph");
    add("speed", 1000, 3600, "kmh", "kmph", "kph");
    add("angle", 1, 1, "degree", "degrees");
    add("energy", 1, 1, "J", "joule", "joules");
    add("energy", 1000, 1, "kJ", "kilojoule", "kilojoules");
    add("power", 1, 1, "W", "watt", "watts");
    add("power", 1000, 1, "kW", "kilowatt", "kilowatts");
    add("force", 1, 1, "N", "newton", "newtons");
  }

  private static final int LONGEST_SYMBOL = 3;

  private Units() {}

  private static void add(String dimension, long above, long below, String... names) {
    Unit unit = new Unit(dimension, new BigFraction(above, below));
    for (String name : names) {
      UNITS.put(name, unit);
    }
  }

  /** Whether a word is a unit of measurement; symbols keep their case. */
  public static boolean isUnit(String word) {
    return named(word) != null;
  }

  /** The unit a word names; null when it names none. */
  public static @Nullable Unit named(String word) {
    Unit unit = UNITS.get(word);
    return unit == null && word.length() > LONGEST_SYMBOL
        ? UNITS.get(word.toLowerCase(Locale.ROOT))
        : unit;
  }

  /** The speed a quotient of units is, where a speed has a name of its own. */
  static Unit quotient(Unit above, Unit below) {
    boolean speed = above.dimension.equals("length") && below.dimension.equals("time");
    Unit quotient = above.per(below);
    return speed ? new Unit("speed", quotient.factor) : quotient;
  }
}
