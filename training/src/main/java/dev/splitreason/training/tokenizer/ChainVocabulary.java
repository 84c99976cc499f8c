package dev.splitreason.training.tokenizer;

import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.text.ByteLetters;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.training.tokenizer.BytePairs.Merge;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vocabulary of chain arithmetic: control tokens, one token for each byte, and the words of the
 * task. Every digit is a token of its own.
 */
public final class ChainVocabulary {

  /** The control tokens; a token's id is its place. */
  static final List<String> CONTROL =
      List.of(
          "<pad>",
          "<｜begin▁of▁sentence｜>",
          "<｜end▁of▁sentence｜>",
          "<｜User｜>",
          "<｜Assistant｜>",
          "<think>",
          "</think>",
          "<answer>",
          "</answer>",
          "<bigmodel>",
          "</bigmodel>");

  private static final int PADDING = 0;
  private static final int BEGIN = 1;
  private static final int END = 2;

  private static final int PROBLEMS = 1000;
  private static final int BYTES = 256;
  private static final int MOST_MERGES = 96;
  private static final long MAX_LENGTH = 512;

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern CONTROL_SPELLING =
      Pattern.compile(CONTROL.stream().map(Pattern::quote).collect(Collectors.joining("|")));

  private ChainVocabulary() {}

  /** The files of the tokenizer, by name, as they lie beside a checkpoint's weights. */
  public static SequencedMap<String, String> files() {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("tokenizer.json", tokenizer().toString());
    files.put("tokenizer_config.json", pretty(settings()));
    files.put("generation_config.json", pretty(generation()));
    return files;
  }

  private static Stream<String> texts() {
    return ChainProblems.of(0)
        .first(PROBLEMS)
        .flatMap(ChainVocabulary::texts)
        .flatMap(text -> Arrays.stream(CONTROL_SPELLING.split(text)));
  }

  private static Stream<String> texts(ChainProblem problem) {
    return Stream.of(problem.question(), problem.response());
  }

  private static TokenizerJson tokenizer() {
    TokenizerJson json = new TokenizerJson();
    for (int id = 0; id < CONTROL.size(); id++) {
      json.added(CONTROL.get(id), id, true);
    }
    List<Merge> merges = BytePairs.learn(texts(), MOST_MERGES);
    List<String> spellings = spellings(merges).toList();
    for (int id = 0; id < spellings.size(); id++) {
      json.token(spellings.get(id), id);
    }
    merges.forEach(merge -> json.merges().addArray().add(merge.left()).add(merge.right()));
    return json;
  }

  /** Two ways of joining can spell the same token. */
  private static Stream<String> spellings(List<Merge> merges) {
    Stream<String> bytes =
        IntStream.range(0, BYTES).mapToObj(value -> String.valueOf(ByteLetters.of(value))).sorted();
    return Stream.of(CONTROL.stream(), bytes, merges.stream().map(Merge::joined))
        .flatMap(part -> part)
        .distinct();
  }

  private static ObjectNode settings() {
    return JSON.createObjectNode()
        .put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("bos_token", CONTROL.get(BEGIN))
        .put("eos_token", CONTROL.get(END))
        .put("pad_token", CONTROL.get(PADDING))
        .put("model_max_length", MAX_LENGTH)
        .put("chat_template", Templates.source("chain"));
  }

  private static ObjectNode generation() {
    return JSON.createObjectNode()
        .put("bos_token_id", BEGIN)
        .put("eos_token_id", END)
        .put("pad_token_id", PADDING);
  }

  private static String pretty(ObjectNode node) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }
}
