package dev.splitreason.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PreTokenizerTest {

  @ParameterizedTest
  @CsvSource({
    "qwen2,QWEN2",
    "deepseek-r1-qwen,QWEN2",
    "llama-bpe,LLAMA3",
    "smollm,SMOLLM",
    "gpt-2,GPT2"
  })
  void namesOfLlamaCppMeanTheirRules(String name, PreTokenizer meant) {
    assertThat(PreTokenizer.named(name)).isEqualTo(meant);
    assertThat(PreTokenizer.known()).contains(name);
  }

  @Test
  void otherNamesMeanNone() {
    assertThat(PreTokenizer.named("deepseek-v3")).isNull();
    assertThat(PreTokenizer.named(null)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void filesAreRecognisedByTheirRule(PreTokenizer split) {
    JsonNode file = new JsonMapper().readTree(new TokenizerJson(split).toString());

    assertThat(PreTokenizer.of(file.path("pre_tokenizer"))).isEqualTo(split);
    assertThat(PreTokenizer.named(split.label())).isEqualTo(split);
  }

  /** What Hugging Face's files have beside the rule differs from model to model. */
  @Test
  void aSingleStepThatTrimsOtherwiseIsRecognised() {
    String file =
        """
        {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": true}
        """;
    assertThat(PreTokenizer.of(new JsonMapper().readTree(file))).isEqualTo(PreTokenizer.GPT2);
    assertThat(PreTokenizer.of(new JsonMapper().readTree(file.replace("ByteLevel", "Whitespace"))))
        .isNull();
  }

  @Test
  void filesSayTheRule() {
    assertThat(new TokenizerJson(PreTokenizer.LLAMA3).toString()).contains("\\\\p{N}{1,3}|");
    assertThat(new TokenizerJson(PreTokenizer.SMOLLM).toString()).contains("individual_digits");
    assertThat(new TokenizerJson().toString()).doesNotContain("{1,3}");
  }
}
