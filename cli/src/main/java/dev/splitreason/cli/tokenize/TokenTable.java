package dev.splitreason.cli.tokenize;

import dev.splitreason.cli.output.Printable;
import dev.splitreason.cli.tokenize.Tokenized.Piece;
import java.util.List;
import java.util.Locale;

/** Tokens for the eye: the text with the borders between tokens, and below it a line for each. */
final class TokenTable {

  private static final String EVERY_OTHER = "\u001b[7m";
  private static final String RESET = "\u001b[0m";

  private TokenTable() {}

  /**
   * The table.
   *
   * @param color whether borders are shown by inverting every other token, rather than by bars
   */
  static String of(Tokenized tokenized, boolean color) {
    var table = new StringBuilder();
    List<Piece> tokens = tokenized.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      String text = visible(tokens.get(i).text());
      if (color) {
        table.append(i % 2 == 0 ? text : EVERY_OTHER + text + RESET);
      } else {
        table.append(i == 0 ? "" : "│").append(text);
      }
    }
    table.append(String.format("%n%n%8s  %8s  %-10s  %-16s%n", "id", "offset", "text", "bytes"));
    for (Piece token : tokens) {
      table.append(
          String.format(
              Locale.ROOT,
              "%8d  %8d  %-10s  %s%n",
              token.id(),
              token.start(),
              visible(token.text()),
              token.bytes().replaceAll("(..)(?!$)", "$1 ")));
    }
    return table.append(tokens.size()).append(tokens.size() == 1 ? " token" : " tokens").toString();
  }

  private static String visible(String text) {
    return Printable.of(text.replace("\n", "⏎").replace("\t", "⇥").replace(" ", "␣"));
  }
}
