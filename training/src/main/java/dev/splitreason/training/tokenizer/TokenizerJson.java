package dev.splitreason.training.tokenizer;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code tokenizer.json} in the making: byte-level BPE, as Hugging Face's tokenizers write it.
 */
public final class TokenizerJson {

  /** Qwen2's rule of splitting text before merging, which llama.cpp has by heart as "qwen2". */
  public static final String SPLIT =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final JsonMapper JSON = new JsonMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private final ArrayNode added;
  private final ObjectNode vocabulary;
  private final ArrayNode merges;

  /** Without a token, of a vocabulary that splits text as Qwen2 does. */
  public TokenizerJson() {
    this(PreTokenizer.QWEN2);
  }

  /** Without a token. */
  public TokenizerJson(PreTokenizer split) {
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    added = root.putArray("added_tokens");
    root.putNull("normalizer");
    ArrayNode steps =
        root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    split.describe(steps);
    root.putNull("post_processor");
    PreTokenizer.byteLevel(root.putObject("decoder"), false);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model
        .put("fuse_unk", false)
        .put("byte_fallback", false)
        .put("ignore_merges", split == PreTokenizer.LLAMA3);
    vocabulary = model.putObject("vocab");
    merges = model.putArray("merges");
  }

  /** Gives a token its id. */
  public void token(String spelling, int id) {
    vocabulary.put(spelling, id);
  }

  /** Says that a token is not split text: a control token if it is special. */
  public void added(String spelling, int id, boolean special) {
    added(added, spelling, id, special);
  }

  /** Adds the same to the added tokens of any {@code tokenizer.json}. */
  public static void added(ArrayNode tokens, String spelling, int id, boolean special) {
    ObjectNode entry = tokens.addObject();
    entry.put("id", id).put("content", spelling).put("single_word", false);
    entry.put("lstrip", false).put("rstrip", false).put("normalized", false);
    entry.put("special", special);
  }

  /** The merges, the most frequent first: each is an array of two texts, or both with a blank. */
  public ArrayNode merges() {
    return merges;
  }

  /** The file. */
  @Override
  public String toString() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
