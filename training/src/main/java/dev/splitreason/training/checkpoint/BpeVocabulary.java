package dev.splitreason.training.checkpoint;

import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.text.ByteLetters;
import dev.splitreason.training.tokenizer.TokenizerJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** The tokens of a byte-level BPE {@code tokenizer.json}: spellings, kinds, merges. */
final class BpeVocabulary {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST = 10_000_000;
  private static final Set<String> LOOK_SPECIAL = Set.of("<pad>", "<mask>", "<2mass>", "[@BOS@]");

  /** The file, by its name in the checkpoint. */
  static final Path FILE = Path.of("tokenizer.json");

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

  private BpeVocabulary(ObjectNode root) {
    this.root = root;
    JsonNode model = root.path("model");
    if (!model.path("type").stringValue("").equals("BPE") || !model.path("vocab").isObject()) {
      throw new ModelFileException(
          FILE, "has a model of type " + model.path("type") + "; only BPE is supported");
    }
    TokenizerJsonCheck.require(root);
    for (Map.Entry<String, JsonNode> token : model.path("vocab").properties()) {
      put(token.getValue(), token.getKey(), Kind.NORMAL);
    }
    for (JsonNode token : root.path("added_tokens")) {
      String spelling = token.path("content").stringValue("");
      boolean control = token.path("special").booleanValue(false) || looksSpecial(spelling);
      put(token.path("id"), spelling, control ? Kind.CONTROL : Kind.USER_DEFINED);
    }
  }

  /**
   * Some models have control tokens that are not marked as special; llama.cpp's converter tells
   * them by their spelling (convert_hf_to_gguf.py, does_token_look_special).
   */
  private static boolean looksSpecial(String spelling) {
    return (spelling.startsWith("<|") && spelling.endsWith("|>"))
        || (spelling.startsWith("<｜") && spelling.endsWith("｜>"))
        || (spelling.startsWith("<unused") && spelling.endsWith(">"))
        || LOOK_SPECIAL.contains(spelling);
  }

  /**
   * Reads {@code tokenizer.json}.
   *
   * @throws ModelFileException if it is no byte-level BPE vocabulary
   */
  static BpeVocabulary read(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode root) {
        return new BpeVocabulary(root);
      }
    } catch (JacksonException e) {
      throw new ModelFileException(FILE, "is no valid JSON: " + e.getOriginalMessage(), e);
    }
    throw new ModelFileException(FILE, "is no JSON object");
  }

  private void put(JsonNode id, String spelling, Kind kind) {
    int index = id.intValue(-1);
    if (index < 0 || index > LARGEST) {
      throw new ModelFileException(FILE, "gives the token '" + spelling + "' the id " + id);
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

  /** How text is split before merging, as the file has it. */
  JsonNode preTokenizer() {
    return root.path("pre_tokenizer");
  }

  /** Whether the file has a begin token put before each text. */
  boolean beginsTexts() {
    JsonNode after = root.path("post_processor");
    for (JsonNode step : after.has("processors") ? after.path("processors") : List.of(after)) {
      if (step.path("single").path(0).has("SpecialToken")) {
        return true;
      }
    }
    return false;
  }

  /** Gives an unused id to a new control token. */
  void addControl(int id, String spelling) {
    ArrayNode added =
        root.path("added_tokens") instanceof ArrayNode known
            ? known
            : root.putArray("added_tokens");
    TokenizerJson.added(added, spelling, id, true);
    put(IntNode.valueOf(id), spelling, Kind.CONTROL);
  }

  /** The file. */
  String json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  String jsonWithoutAddedTokens() {
    ObjectNode copy = root.deepCopy();
    copy.putArray("added_tokens");
    copy.putNull("post_processor");
    return JSON.writeValueAsString(copy);
  }
}
