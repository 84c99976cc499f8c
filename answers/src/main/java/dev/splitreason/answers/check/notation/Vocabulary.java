package dev.splitreason.answers.check.notation;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words that stand in and around answers, and what each is for. */
final class Vocabulary {

  /** Functions that take their arguments with or without parentheses. */
  static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh",
          "tanh", "log", "ln", "lg", "exp", "gcd", "lcm", "min", "max", "det", "arg", "Re", "Im",
          "floor", "ceil", "abs", "sgn", "deg", "dim", "rank", "tr");

  /** Other names of functions. */
  static final Map<String, String> SYNONYMS =
      Map.of(
          "asin", "arcsin", "acos", "arccos", "atan", "arctan", "lg", "log", "ceiling", "ceil",
          "cosec", "csc");

  /** Units and other words that add nothing to the value they stand beside. */
  private static final Set<String> UNITS =
      Set.of(
          "unit",
          "units",
          "cm",
          "mm",
          "km",
          "dm",
          "nm",
          "m",
          "meter",
          "meters",
          "metre",
          "metres",
          "centimeter",
          "centimeters",
          "millimeter",
          "millimeters",
          "kilometer",
          "kilometers",
          "in",
          "inch",
          "inches",
          "ft",
          "foot",
          "feet",
          "yd",
          "yard",
          "yards",
          "mi",
          "mile",
          "miles",
          "g",
          "gram",
          "grams",
          "kg",
          "kilogram",
          "kilograms",
          "mg",
          "gm",
          "lb",
          "lbs",
          "pound",
          "pounds",
          "oz",
          "ounce",
          "ounces",
          "ton",
          "tons",
          "s",
          "sec",
          "secs",
          "second",
          "seconds",
          "min",
          "mins",
          "minute",
          "minutes",
          "h",
          "hr",
          "hrs",
          "hour",
          "hours",
          "day",
          "days",
          "week",
          "weeks",
          "month",
          "months",
          "year",
          "years",
          "mph",
          "kmh",
          "kmph",
          "per",
          "rpm",
          "l",
          "ml",
          "liter",
          "liters",
          "litre",
          "litres",
          "gallon",
          "gallons",
          "cup",
          "cups",
          "acre",
          "acres",
          "sq",
          "square",
          "squared",
          "cubic",
          "cubed",
          "rad",
          "radian",
          "radians",
          "dollar",
          "dollars",
          "cent",
          "cents",
          "usd",
          "euro",
          "euros",
          "yuan",
          "rupees",
          "J",
          "joule",
          "joules",
          "kJ",
          "N",
          "newton",
          "newtons",
          "W",
          "watt",
          "watts",
          "kW",
          "V",
          "volt",
          "volts",
          "Hz",
          "Pa",
          "K",
          "mol",
          "C",
          "ohm",
          "ohms",
          "L",
          "mL",
          "people",
          "students",
          "ways",
          "points",
          "point",
          "coins",
          "books",
          "balls",
          "apples",
          "tickets",
          "marbles",
          "games",
          "times",
          "digits",
          "digit",
          "integers",
          "integer",
          "numbers",
          "solutions",
          "solution",
          "values",
          "value",
          "sides",
          "edges",
          "vertices",
          "pairs",
          "triangles",
          "members",
          "total",
          "about",
          "approximately",
          "exactly",
          "only",
          "roughly",
          "is",
          "are",
          "a",
          "an",
          "the",
          "of",
          "th",
          "st",
          "nd",
          "rd");

  /** Words as short as products of variables, which sentences are full of. */
  private static final Set<String> SMALL_WORDS =
      Set.of(
          "the", "The", "it", "It", "is", "of", "not", "to", "we", "We", "so", "So", "by", "at",
          "are", "has", "as", "be", "all", "can", "let", "Let", "nor", "yes", "Yes", "no", "No",
          "get", "was", "one", "two", "six", "ten", "its", "any", "odd");

  /** Symbols of units keep their case, words do not. */
  private static final int LONGEST_SYMBOL = 3;

  private static final Map<String, Long> SCALES =
      Map.of(
          "hundred", 100L,
          "thousand", 1_000L,
          "million", 1_000_000L,
          "billion", 1_000_000_000L,
          "trillion", 1_000_000_000_000L,
          "dozen", 12L);

  /** Units of one letter, which are variables unless they follow a number at the end. */
  private static final String LETTER_UNITS = "mgshlLNJWVKC";

  private static final Set<String> PERCENT = Set.of("percent", "percentage", "pct");

  private static final Set<String> DEGREES = Set.of("degree", "degrees", "deg");

  private Vocabulary() {}

  static boolean isFunction(String word) {
    return FUNCTIONS.contains(word) || SYNONYMS.containsKey(word);
  }

  static String function(String word) {
    return SYNONYMS.getOrDefault(word, word);
  }

  static boolean isInfinity(String word) {
    return switch (word) {
      case "infinity", "Infinity", "inf", "infty", "oo" -> true;
      default -> false;
    };
  }

  static boolean isUnit(String word) {
    return UNITS.contains(word)
        || (word.length() > 1 && Units.isUnit(word))
        || (word.length() > LONGEST_SYMBOL && UNITS.contains(word.toLowerCase(Locale.ROOT)));
  }

  static boolean isSmallWord(String word) {
    return SMALL_WORDS.contains(word);
  }

  static boolean isLetterUnit(char letter) {
    return LETTER_UNITS.indexOf(letter) >= 0;
  }

  static boolean isPercent(String word) {
    return PERCENT.contains(word.toLowerCase(Locale.ROOT));
  }

  static boolean isDegrees(String word) {
    return DEGREES.contains(word.toLowerCase(Locale.ROOT));
  }

  static @Nullable Long scale(String word) {
    return SCALES.get(word.toLowerCase(Locale.ROOT));
  }

  static @Nullable Integer number(String word) {
    return NumberWords.upToTwenty(word.toLowerCase(Locale.ROOT));
  }
}
