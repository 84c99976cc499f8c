package dev.splitreason.answers.check.prose;

/**
 * A piece of a sentence.
 *
 * @param text a word as written, or a formula without delimiters and currency
 * @param bold whether it stands in bold type
 * @param end where it ends in the text it was read from
 */
record Piece(Kind kind, String text, boolean bold, int end) {

  /** What a piece is. */
  enum Kind {
    /** A word that is no part of a formula. */
    WORD,
    /** A number or formula. */
    VALUE,
    /** A number that counts or names something in passing: 3rd, 5-day, #7. */
    LABEL,
    /** An equals sign behind a word, or behind a quantity with its unit. */
    EQUALS,
    COLON,
    COMMA,
    /** The end of a sentence. */
    END
  }

  boolean is(Kind one) {
    return kind == one;
  }
}
