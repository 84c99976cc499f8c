package dev.splitreason.core.prompt.jinja;

/**
 * A piece of a template's source.
 *
 * @param kind of piece
 * @param text what it says: of a string without quotes and escapes
 */
record Token(Kind kind, String text) {

  enum Kind {
    /** Text outside of tags, as it is put out. */
    TEXT,
    OPEN_OUTPUT,
    CLOSE_OUTPUT,
    OPEN_BLOCK,
    CLOSE_BLOCK,
    NAME,
    NUMBER,
    STRING,
    OPERATOR,
    END
  }
}
