package dev.splitreason.benchmarks.matching;

import java.util.random.RandomGenerator;

/** Copies a snippet as a careless model does, altering a given share of its characters. */
record Perturbation(double share) {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  /** The altered copy; the snippet itself at share 0. */
  String copy(String snippet, RandomGenerator random) {
    if (share == 0) {
      return snippet;
    }
    var copy = new StringBuilder(respaced(snippet, random));
    int edits = (int) Math.round(share * snippet.length());
    while (edits > 0 && copy.length() > 1) {
      edits -= random.nextInt(10) < 3 ? dropWord(copy, edits, random) : alter(copy, random);
    }
    return copy.toString();
  }

  /** Space, case of the first letter and the minus sign: changes of spelling that come on top. */
  private static String respaced(String snippet, RandomGenerator random) {
    String text = snippet.replace(" = ", random.nextBoolean() ? "=" : " = ");
    text = random.nextBoolean() ? text.replace(" - ", " − ") : text;
    text = random.nextInt(4) == 0 ? text.replaceFirst(" ", "\n") : text;
    return random.nextInt(4) == 0
        ? Character.toLowerCase(text.charAt(0)) + text.substring(1)
        : text;
  }

  private static int dropWord(StringBuilder copy, int most, RandomGenerator random) {
    int space = copy.indexOf(" ", random.nextInt(copy.length()));
    int next = space < 0 ? -1 : copy.indexOf(" ", space + 1);
    if (next < 0 || next - space > most) {
      return alter(copy, random);
    }
    copy.delete(space, next);
    return next - space;
  }

  private static int alter(StringBuilder copy, RandomGenerator random) {
    int at = random.nextInt(copy.length());
    char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
    switch (random.nextInt(4)) {
      case 0 -> copy.deleteCharAt(at);
      case 1 -> copy.insert(at, letter);
      default -> copy.setCharAt(at, letter);
    }
    return 1;
  }
}
