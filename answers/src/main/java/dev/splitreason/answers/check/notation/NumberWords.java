package dev.splitreason.answers.check.notation;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Numbers in English words: "twenty-five", "one hundred and five", "three quarters", "half". */
public final class NumberWords {

  private static final Map<String, Integer> SMALL =
      Map.ofEntries(
          Map.entry("zero", 0),
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("eleven", 11),
          Map.entry("twelve", 12),
          Map.entry("thirteen", 13),
          Map.entry("fourteen", 14),
          Map.entry("fifteen", 15),
          Map.entry("sixteen", 16),
          Map.entry("seventeen", 17),
          Map.entry("eighteen", 18),
          Map.entry("nineteen", 19));

  private static final Map<String, Integer> TENS =
      Map.of(
          "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70,
          "eighty", 80, "ninety", 90);

  private static final Map<String, Long> SCALES =
      Map.of("thousand", 1_000L, "million", 1_000_000L, "billion", 1_000_000_000L);

  private static final Map<String, Integer> PARTS =
      Map.ofEntries(
          Map.entry("half", 2),
          Map.entry("halves", 2),
          Map.entry("third", 3),
          Map.entry("thirds", 3),
          Map.entry("quarter", 4),
          Map.entry("quarters", 4),
          Map.entry("fourth", 4),
          Map.entry("fourths", 4),
          Map.entry("fifth", 5),
          Map.entry("fifths", 5),
          Map.entry("sixth", 6),
          Map.entry("sixths", 6),
          Map.entry("eighth", 8),
          Map.entry("eighths", 8),
          Map.entry("tenth", 10),
          Map.entry("tenths", 10));

  /** What a number in words may end with behind a whole one: "two and a half". */
  private static final Pattern AND_A_PART = Pattern.compile("(.+) and (?:a|one) (\\p{L}+)");

  private static final Pattern HALF_OF = Pattern.compile("half an? (.+)");
  private static final Pattern MINUS = Pattern.compile("(?:minus|negative) (.+)");

  /** More words than any such number has. */
  private static final int MOST_WORDS = 12;

  private NumberWords() {}

  /** The words that whole numbers are made of, as alternatives of a regular expression. */
  static String wholeWords() {
    return Stream.of(SMALL.keySet(), TENS.keySet(), SCALES.keySet(), Set.of("hundred"))
        .flatMap(Set::stream)
        .sorted(Comparator.comparing(String::length).reversed().thenComparing(word -> word))
        .collect(Collectors.joining("|", "(?:", ")"));
  }

  /** The number that one word in lower case names, from zero to twenty; null if it names none. */
  static @Nullable Integer upToTwenty(String word) {
    return word.equals("twenty") ? TENS.get(word) : SMALL.get(word);
  }

  /** Whether a word may be part of such a number. */
  public static boolean isPart(String word) {
    for (String part : word.toLowerCase(Locale.ROOT).split("-", 4)) {
      boolean known =
          SMALL.containsKey(part)
              || TENS.containsKey(part)
              || SCALES.containsKey(part)
              || PARTS.containsKey(part)
              || part.equals("hundred")
              || part.equals("dozen");
      if (!known) {
        return false;
      }
    }
    return true;
  }

  /** Whether a word before a number in words makes it negative. */
  public static boolean isMinus(String word) {
    return word.equalsIgnoreCase("negative") || word.equalsIgnoreCase("minus");
  }

  /** The number that a phrase is from its first word to its last; null when it is none. */
  public static @Nullable BigFraction read(String phrase) {
    String folded = phrase.toLowerCase(Locale.ROOT).replace('-', ' ').strip();
    Matcher minus = MINUS.matcher(folded);
    if (minus.matches()) {
      BigFraction number = positive(minus.group(1));
      return number == null ? null : number.negate();
    }
    return positive(folded);
  }

  private static @Nullable BigFraction positive(String folded) {
    Matcher half = HALF_OF.matcher(folded);
    if (half.matches()) {
      BigFraction number = simple("a " + half.group(1));
      return number == null ? null : number.divide(2);
    }
    Matcher parted = AND_A_PART.matcher(folded);
    Integer below = parted.matches() ? PARTS.get(parted.group(2)) : null;
    if (below != null) {
      BigFraction whole = simple(parted.group(1));
      return whole == null ? null : whole.add(new BigFraction(1, below));
    }
    return simple(folded);
  }

  private static @Nullable BigFraction simple(String folded) {
    List<String> words = List.of(folded.split("\\s+", MOST_WORDS + 1));
    if (words.size() > MOST_WORDS || folded.isEmpty()) {
      return null;
    }
    Integer below = PARTS.get(words.getLast());
    if (below == null) {
      Long whole = whole(words);
      return whole == null ? null : new BigFraction(whole);
    }
    List<String> above = words.subList(0, words.size() - 1);
    boolean one = above.isEmpty() || above.equals(List.of("a"));
    Long count = one ? Long.valueOf(1) : whole(above);
    return count == null ? null : new BigFraction(count, below);
  }

  private static @Nullable Long whole(List<String> words) {
    long total = 0;
    long group = 0;
    boolean ten = false;
    boolean any = false;
    for (String word : words) {
      Integer small = SMALL.get(word);
      Integer tens = TENS.get(word);
      Long scale = SCALES.get(word);
      boolean onesOpen = group % 100 == 0 || (ten && small != null && small > 0 && small < 10);
      if (small != null && onesOpen) {
        group += small;
        ten = false;
      } else if (tens != null && group % 100 == 0) {
        group += tens;
        ten = true;
      } else if (word.equals("hundred") && group < 100 && any) {
        group *= 100;
      } else if (word.equals("dozen") && total == 0) {
        group = Math.max(1, group) * 12;
      } else if (scale != null && any) {
        total += group * scale;
        group = 0;
      } else if (!(word.equals("and") && any) && !(word.equals("a") && !any)) {
        return null;
      } else {
        any |= word.equals("a");
        group += word.equals("a") ? 1 : 0;
        continue;
      }
      any = true;
    }
    return any && !words.getLast().equals("a") && !words.getLast().equals("and")
        ? total + group
        : null;
  }
}
