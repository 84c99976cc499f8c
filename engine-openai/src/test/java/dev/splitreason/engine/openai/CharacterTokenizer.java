package dev.splitreason.engine.openai;

import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.nio.charset.StandardCharsets;

/** A tokenizer whose tokens are the characters of Unicode. */
final class CharacterTokenizer implements Tokenizer {

  @Override
  public int[] tokenize(String text) {
    return text.codePoints().toArray();
  }

  @Override
  public int[] tokenizeWithControl(String text) {
    return tokenize(text);
  }

  @Override
  public byte[] bytes(int id) {
    return Character.toString(id).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean endsText(int id) {
    return false;
  }

  @Override
  public int size() {
    return Character.MAX_CODE_POINT + 1;
  }

  @Override
  public TokenKind kind(int id) {
    return TokenKind.TEXT;
  }
}
