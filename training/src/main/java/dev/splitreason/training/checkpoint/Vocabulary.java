package dev.splitreason.training.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tokens of a byte-level BPE {@code tokenizer.json}: spellings, kinds, merges. */
final class Vocabulary {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST = 10_000_000;

  private final ObjectNode root;
  private final List<@Nullable String> spellings = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();

  /** What a token is for. */
  enum Kind {
    /** Text is split into these. */
    NORMAL(1, 1 << 2),
    /** Scaffold that ordinary text never becomes. */
    CONTROL(3, 1 << 3),
    /** Added, but shown as text. */
    USER_DEFINED(4, 1 << 4),
    /** An id that no token has. */
    UNUSED(5, 1 << 1);

    private final int ggufType;
    private final int attribute;

    Kind(int ggufType, int attribute) {
      this.ggufType = ggufType;
      this.attribute = attribute;
    }

    /** The code in GGUF's {@code tokenizer.ggml.token_type}. */
    int ggufType() {
      return ggufType;
    }

    /** llama.cpp's {@code llama_token_attr}. */
    int attribute() {
      return attribute;
    }
  }

  private Vocabulary(ObjectNode root) {
    this.root = root;
    JsonNode model = root.path("model");
    if (!model.path("type").stringValue("").equals("BPE") || !model.path("vocab").isObject()) {
      throw new IllegalArgumentException(
          "tokenizer.json has a model of type " + model.path("type") + "; only BPE is supported");
    }
    for (Map.Entry<String, JsonNode> token : model.path("vocab").properties()) {
      put(token.getValue(), token.getKey(), Kind.NORMAL);
    }
    for (JsonNode token : root.path("added_tokens")) {
      boolean special = token.path("special").booleanValue(false);
      put(
          token.path("id"),
          token.path("content").stringValue(""),
          special ? Kind.CONTROL : Kind.USER_DEFINED);
    }
  }

  /**
   * Reads {@code tokenizer.json}.
   *
   * @throws IllegalArgumentException if it is no byte-level BPE vocabulary
   */
  static Vocabulary read(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode root) {
        return new Vocabulary(root);
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "tokenizer.json is no valid JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("tokenizer.json is no JSON object");
  }

  private void put(JsonNode id, String spelling, Kind kind) {
    int index = id.intValue(-1);
    if (index < 0 || index > LARGEST) {
      throw new IllegalArgumentException(
          "tokenizer.json gives the token '" + spelling + "' the id " + id);
    }
    if (index >= spellings.size()) {
      int missing = index + 1 - spellings.size();
      spellings.addAll(Collections.nCopies(missing, null));
      kinds.addAll(Collections.nCopies(missing, Kind.UNUSED));
    }
    spellings.set(index, spelling);
    kinds.set(index, kind);
  }

  int size() {
    return spellings.size();
  }

  /** As the file spells it: bytes of normal tokens are printable letters. */
  String spelling(int id) {
    return Objects.requireNonNullElseGet(spellings.get(id), () -> "[PAD" + id + "]");
  }

  Kind kind(int id) {
    return kinds.get(id);
  }

  /** The id of a token with exactly this spelling, or null. */
  @Nullable Integer idOf(String spelling) {
    int id = spellings.indexOf(spelling);
    return id < 0 ? null : id;
  }

  /** The merges, each "left right". */
  List<String> merges() {
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : root.path("model").path("merges")) {
      merges.add(
          merge.isArray()
              ? merge.path(0).stringValue("") + " " + merge.path(1).stringValue("")
              : merge.stringValue(""));
    }
    return merges;
  }

  /** The bytes that a token stands for. */
  byte[] bytes(int id) {
    String spelling = spelling(id);
    return kind(id) == Kind.NORMAL
        ? ByteLetters.bytes(spelling)
        : spelling.getBytes(StandardCharsets.UTF_8);
  }

  String jsonWithoutAddedTokens() {
    ObjectNode copy = root.deepCopy();
    copy.putArray("added_tokens");
    copy.putNull("post_processor");
    return JSON.writeValueAsString(copy);
  }

  /** The letters that stand for bytes in a byte-level vocabulary (GPT-2's bytes_to_unicode). */
  static final class ByteLetters {

    private static final int[] BYTE_OF = new int[0x200];

    static {
      Arrays.fill(BYTE_OF, -1);
      int next = 0x100;
      for (int value = 0; value < 256; value++) {
        BYTE_OF[prints(value) ? value : next++] = value;
      }
    }

    private ByteLetters() {}

    private static boolean prints(int value) {
      return (value >= '!' && value <= '~') || (value >= '¡' && value <= '¬') || value >= '®';
    }

    /** A letter that stands for no byte stands for itself. */
    static byte[] bytes(String spelling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(spelling.length());
      spelling
          .codePoints()
          .forEach(
              letter -> {
                if (letter < BYTE_OF.length && BYTE_OF[letter] >= 0) {
                  bytes.write(BYTE_OF[letter]);
                } else {
                  bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
                }
              });
      return bytes.toByteArray();
    }
  }
}
