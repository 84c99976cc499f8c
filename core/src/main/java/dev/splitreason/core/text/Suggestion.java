package dev.splitreason.core.text;

import java.util.Collection;
import java.util.Comparator;

/** The word that a user probably meant, for error messages. */
public final class Suggestion {

  private Suggestion() {}

  /**
   * {@code "; did you mean 'X'?"} with the known word nearest to {@code word} in edit distance
   * (Levenshtein), or the empty string if none is near: if more than two letters and a third of the
   * word would have to change, or all of it.
   */
  public static String after(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(best -> distance(word, best) <= Math.max(2, word.length() / 3))
        .filter(best -> distance(word, best) < Math.max(word.length(), best.length()))
        .map(best -> "; did you mean '" + best + "'?")
        .orElse("");
  }

  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
