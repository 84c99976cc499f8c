package dev.splitreason.engine.contract.random;

import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufValueType;
import dev.splitreason.core.text.ByteLetters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A made-up byte-level BPE vocabulary that llama.cpp loads as Qwen2's: the 256 bytes, the results
 * of a few merges, filler words that text never becomes but a model may write, control tokens.
 */
final class SyntheticVocabulary {

  private static final List<String> MERGES = List.of("t h", "th e", "i n", "Ġ t");

  private static final long NORMAL = 1;
  private static final long CONTROL = 3;

  private final List<String> tokens = new ArrayList<>();
  private final ControlTokens controls;

  SyntheticVocabulary(int size, ControlTokens controls) {
    this.controls = controls;
    for (int value = 0; value < 256; value++) {
      tokens.add(String.valueOf(ByteLetters.of(value)));
    }
    for (String merge : MERGES) {
      tokens.add(merge.replace(" ", ""));
    }
    int fillers = size - tokens.size() - controls.spellings().size();
    if (fillers < 0) {
      throw new IllegalArgumentException(
          "a vocabulary of %d is too small for %d byte and merge tokens and %d control tokens"
              .formatted(size, tokens.size(), controls.spellings().size()));
    }
    for (int i = 0; i < fillers; i++) {
      tokens.add(ByteLetters.of(' ') + "w" + i);
    }
    tokens.addAll(controls.spellings());
  }

  int endId() {
    return tokens.lastIndexOf(controls.end());
  }

  Map<String, GgufValue> metadata() {
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("tokenizer.ggml.model", GgufValue.of("gpt2"));
    metadata.put("tokenizer.ggml.pre", GgufValue.of("qwen2"));
    metadata.put("tokenizer.ggml.tokens", new GgufValue.Texts(tokens));
    metadata.put(
        "tokenizer.ggml.token_type", new GgufValue.Wholes(GgufValueType.INT32, tokenTypes()));
    metadata.put("tokenizer.ggml.merges", new GgufValue.Texts(MERGES));
    metadata.put("tokenizer.ggml.bos_token_id", GgufValue.of(tokens.lastIndexOf(controls.begin())));
    metadata.put("tokenizer.ggml.eos_token_id", GgufValue.of(endId()));
    metadata.put("tokenizer.ggml.eot_token_id", GgufValue.of(endId()));
    metadata.put("tokenizer.ggml.add_bos_token", GgufValue.of(false));
    return metadata;
  }

  private List<Long> tokenTypes() {
    int controlCount = controls.spellings().size();
    List<Long> types = new ArrayList<>(Collections.nCopies(tokens.size() - controlCount, NORMAL));
    types.addAll(Collections.nCopies(controlCount, CONTROL));
    return types;
  }
}
