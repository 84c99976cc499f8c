package dev.splitreason.answers.check.notation;

import java.util.Locale;

/** Reads what stands between the items of a list: commas, semicolons, words, line ends. */
final class Connectives {

  /** How two items are joined. */
  enum Joint {
    NONE,
    COMMA,
    AND,
    /** "or", a semicolon, a line end. */
    OR
  }

  private final Cursor cursor;

  Connectives(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Takes the joint here, however many marks and words it is written with. */
  Joint take() {
    Joint joint = Joint.NONE;
    while (true) {
      Joint next = takeOne();
      if (next == Joint.NONE) {
        return joint;
      }
      // ", and" and ", or" part the items of one list: the comma counts.
      joint = joint == Joint.NONE ? next : joint == Joint.COMMA ? Joint.COMMA : next;
    }
  }

  /** Whether the word here joins, so that no formula goes on over it. */
  boolean isHere() {
    int start = cursor.at();
    Joint joint = takeOne();
    cursor.moveTo(start);
    return joint != Joint.NONE;
  }

  private Joint takeOne() {
    char next = cursor.peek();
    if (next == ',') {
      cursor.skip(1);
      return Joint.COMMA;
    }
    if (next == ';') {
      cursor.skip(1);
      return Joint.OR;
    }
    if (next == '\\') {
      return takeCommand();
    }
    String word = cursor.letters();
    Joint joint = ofWord(word);
    if (joint != Joint.NONE) {
      cursor.skip(word.length());
    }
    return joint;
  }

  private Joint takeCommand() {
    if (!cursor.command().equals("text")) {
      return Joint.NONE;
    }
    int start = cursor.at();
    cursor.takeCommand("text");
    if (cursor.peek() == '{') {
      String words = cursor.rawGroup().replaceAll("[,;.]", "").strip();
      Joint joint = ofWord(words);
      if (joint != Joint.NONE) {
        return joint;
      }
    }
    cursor.moveTo(start);
    return Joint.NONE;
  }

  private static Joint ofWord(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "and", "with" -> Joint.AND;
      case "or", "or else" -> Joint.OR;
      case "if", "for", "where", "when" -> Joint.COMMA;
      default -> Joint.NONE;
    };
  }
}
