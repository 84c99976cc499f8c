package dev.splitreason.core.split;

import dev.splitreason.core.model.StopCondition;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.text.Utf8Assembler;

/** Stops after a number of tokens, or as soon after it as no character is cut. */
final class WholeCharacters implements StopCondition {

  private final Utf8Assembler characters = new Utf8Assembler();
  private int left;

  WholeCharacters(int limit) {
    this.left = limit;
  }

  @Override
  public boolean stopAfter(Token token) {
    characters.append(token.bytes());
    left--;
    return left <= 0 && !characters.incomplete();
  }

  /** Whether the tokens so far end inside a character. */
  boolean incomplete() {
    return characters.incomplete();
  }

  /** Stops as soon as no character is cut, whatever the number was. */
  void endSoon() {
    left = 0;
  }
}
