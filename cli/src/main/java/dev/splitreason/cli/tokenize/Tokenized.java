package dev.splitreason.cli.tokenize;

import dev.splitreason.core.model.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A text as a model sees it.
 *
 * @param tokens in order
 */
record Tokenized(List<Piece> tokens) {

  Tokenized {
    tokens = List.copyOf(tokens);
  }

  /**
   * One token of the text.
   *
   * @param id in the model's vocabulary
   * @param bytes what it stands for
   * @param start offset of its first byte in the text's UTF-8 bytes
   */
  record Piece(int id, byte[] bytes, int start) {

    int end() {
      return start + bytes.length;
    }

    /** The bytes in hexadecimal. */
    String hex() {
      return HexFormat.of().formatHex(bytes);
    }

    /** The characters, with U+FFFD for what is only a part of one. */
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static Tokenized of(int[] ids, Tokenizer tokenizer) {
    List<Piece> tokens = new ArrayList<>();
    int start = 0;
    for (int id : ids) {
      Piece piece = new Piece(id, tokenizer.bytes(id), start);
      tokens.add(piece);
      start = piece.end();
    }
    return new Tokenized(tokens);
  }

  void writeJson(JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("count", tokens.size());
    json.writeArrayPropertyStart("tokens");
    for (Piece token : tokens) {
      json.writeStartObject();
      json.writeNumberProperty("id", token.id());
      json.writeStringProperty("text", token.text());
      json.writeStringProperty("bytes", token.hex());
      json.writeNumberProperty("start", token.start());
      json.writeNumberProperty("end", token.end());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
