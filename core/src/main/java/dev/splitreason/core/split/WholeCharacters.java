package dev.splitreason.core.split;

import dev.splitreason.core.model.StopCondition;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.text.Utf8Assembler;

/** Stops after a number of tokens, or as soon after it as no character is cut. */
final class WholeCharacters implements StopCondition {

  private final int limit;
  private final Utf8Assembler characters = new Utf8Assembler();
  private int seen;

  WholeCharacters(int limit) {
    this.limit = limit;
  }

  @Override
  public boolean stopAfter(Token token) {
    characters.append(token.bytes());
    seen++;
    return seen >= limit && !characters.incomplete();
  }
}
