package dev.splitreason.cli.tokenize;

import dev.splitreason.core.model.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A text as a model sees it, and the document of {@code tokenize --json}.
 *
 * @param count how many tokens
 * @param tokens in order
 */
record Tokenized(int count, List<Piece> tokens) {

  Tokenized {
    tokens = List.copyOf(tokens);
  }

  /**
   * One token of the text.
   *
   * @param id in the model's vocabulary
   * @param text its characters, with U+FFFD for what is only a part of one
   * @param bytes what it stands for, in hexadecimal
   * @param start offset of its first byte in the text's UTF-8 bytes
   * @param end offset behind its last byte
   */
  record Piece(int id, String text, String bytes, int start, int end) {}

  static Tokenized of(int[] ids, Tokenizer tokenizer) {
    List<Piece> tokens = new ArrayList<>();
    int start = 0;
    for (int id : ids) {
      byte[] bytes = tokenizer.bytes(id);
      int end = start + bytes.length;
      String text = new String(bytes, StandardCharsets.UTF_8);
      tokens.add(new Piece(id, text, HexFormat.of().formatHex(bytes), start, end));
      start = end;
    }
    return new Tokenized(tokens.size(), tokens);
  }
}
