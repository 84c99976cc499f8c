package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufValueType;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What is wrong with a file is told by its key; what only looks odd still answers. */
class RulesTest {

  private static final String HEADS = "qwen2.attention.head_count";
  private static final String KEY_HEADS = "qwen2.attention.head_count_kv";
  private static final String EPSILON = "qwen2.attention.layer_norm_rms_epsilon";
  private static final String ROTATED = "qwen2.rope.dimension_count";
  private static final String SCALING = "qwen2.rope.scaling.type";
  private static final String EXPERTS = "qwen2.expert_count";
  private static final String EXPERTS_USED = "qwen2.expert_used_count";

  @TempDir private Path folder;

  static final List<Arguments> REFUSED =
      List.of(
          refused("qwen2.block_count", whole(0)),
          refused("qwen2.block_count", whole(513)),
          refused("qwen2.block_count", whole(0xFFFF_FFFFL)),
          refused("qwen2.block_count", GgufValue.of("two")),
          refused("qwen2.context_length", whole(0)),
          refused("qwen2.embedding_length", whole(0)),
          refused("qwen2.embedding_length", whole(63)),
          refused("qwen2.embedding_length", whole(0x8000_0000L)),
          refused("qwen2.nextn_predict_layers", whole(3)),
          refused(HEADS, null),
          refused(HEADS, whole(0)),
          refused(HEADS, each(0, 0)),
          refused(HEADS, each(4, 2)),
          refused(HEADS, each(4)),
          refused(HEADS, each(4, 4, 4)),
          refused(HEADS, GgufValue.of("four")),
          refused(KEY_HEADS, whole(0)),
          refused(KEY_HEADS, whole(3)),
          refused(KEY_HEADS, whole(1 << 30)),
          refused(KEY_HEADS, each(2, 0)),
          refused(KEY_HEADS, each(1, 2)),
          refused("qwen2.attention.key_length", whole(0)),
          refused("qwen2.attention.value_length", whole(0)),
          refused("qwen2.attention.value_length", whole(8)),
          refused(ROTATED, whole(0)),
          refused(ROTATED, whole(2)),
          refused(ROTATED, whole(3)),
          refused(ROTATED, whole(1 << 20)),
          refused(SCALING, GgufValue.of("")),
          refused(SCALING, GgufValue.of("YaRN")),
          refused(SCALING, GgufValue.of("dynamic")),
          refused(EPSILON, GgufValue.of(-1f)),
          refused(EPSILON, GgufValue.of(-Float.MIN_VALUE)),
          refused(EPSILON, GgufValue.of(Float.NaN)),
          refused(EPSILON, GgufValue.of(Float.POSITIVE_INFINITY)),
          refused("qwen2.attention.layer_norm_epsilon", GgufValue.of(-1e-5f)),
          refused(EXPERTS, whole(513)),
          refused(EXPERTS_USED, whole(1)),
          refused(EXPERTS_USED, each(0, 1)),
          refused("qwen2.expert_group_count", whole(1)));

  @ParameterizedTest(name = "{0} = {1}")
  @FieldSource("REFUSED")
  void aNumberThatCannotBeIsNamed(String key, @Nullable GgufValue value) throws IOException {
    assertRefused(Remade.tiny().with(key, value), key);
  }

  @Test
  void expertsNeedToBeUsedAndGroupedEvenly() throws IOException {
    for (Map<String, Integer> counts :
        List.of(
            Map.of(EXPERTS, 1),
            Map.of(EXPERTS, 4, EXPERTS_USED, 5),
            Map.of(EXPERTS, 4, EXPERTS_USED, 2, "qwen2.expert_group_count", 3),
            Map.of(EXPERTS, 4, EXPERTS_USED, 2, "qwen2.expert_group_count", 4),
            Map.of(EXPERTS, 4, EXPERTS_USED, 2, "qwen2.expert_group_count", 2))) {
      Remade remade = Remade.tiny();
      counts.forEach((key, count) -> remade.with(key, GgufValue.of(count)));
      assertRefused(remade, "expert");
    }
  }

  @Test
  void tokensOfOneSpellingAreRefused() throws IOException {
    assertRefused(
        Remade.tiny().withTokens(all -> Collections.nCopies(all.size(), "x")), "token 1", "'x'");
    assertRefused(Remade.tiny().withTokens(all -> changed(all, 7, all.get(200))), "token 200");
    assertRefused(Remade.tiny().withTokens(all -> changed(all, 9, all.get(8) + "\0b")), "token 9");
    assertRefused(Remade.tiny().withTokens(all -> List.of()), "vocabulary is empty");
  }

  @Test
  void aSentencePieceVocabularyNeedsItsBytes() throws IOException {
    assertRefused(
        Remade.tiny().with("tokenizer.ggml.model", GgufValue.of("llama")), "has no token <0x");
  }

  @Test
  void tokenizersOfOtherKindsAreNamed() throws IOException {
    for (String kind : List.of("rwkv", "bert", "t5", "plamo2", "test", "none", "", "GPT2")) {
      assertRefused(
          Remade.tiny().with("tokenizer.ggml.model", GgufValue.of(kind)), "'" + kind + "'");
    }
  }

  @Test
  void normsAndBiasesAreNumbersOfFullPrecision() throws IOException {
    for (String ending : List.of("attn_norm.weight", "output_norm.weight", "attn_q.bias")) {
      assertRefused(Remade.tiny().storing(ending, GgufTensorType.F16), ending, "F16");
    }
  }

  @Test
  void tensorsBeginWhereTheLibraryCanMapThem() throws IOException {
    for (int alignment : new int[] {1, 2, 4, 8, 16}) {
      Remade remade =
          Remade.tiny()
              .with("general.alignment", GgufValue.of(alignment))
              .with("general.name", GgufValue.of("n".repeat(alignment % 7)));
      loadOrRefuse(remade);
    }
  }

  @Test
  void whatOnlyLooksOddAnswers() throws Exception {
    for (Remade remade :
        List.of(
            Remade.tiny().with(SCALING, GgufValue.of("yarn")),
            Remade.tiny().with(EPSILON, GgufValue.of(0f)),
            Remade.tiny().with(ROTATED, whole(16)),
            Remade.tiny().with(EXPERTS, whole(0)),
            Remade.tiny().with("general.alignment", GgufValue.of(64)),
            Remade.tiny().with("qwen2.rope.freq_base", GgufValue.of(0f)),
            Remade.tiny().with("tokenizer.ggml.bos_token_id", whole(0xFFFF_FFFFL)),
            Remade.tiny().withTokens(all -> changed(all, 12, "")))) {
      try (LlamaCppModel model = load(remade);
          Session session = model.open()) {
        session.append(1, 2, 3);
        try {
          session.decode(DecodeRequest.upTo(3, Sampling.GREEDY), token -> {});
        } catch (ModelException e) {
          assertThat(e).message().doesNotContain("\n");
        }
      }
    }
  }

  private void loadOrRefuse(Remade remade) {
    try (LlamaCppModel model = load(remade)) {
      assertThat(model.info().parameters()).isPositive();
    } catch (ModelException e) {
      assertThat(e).hasMessageContaining("general.alignment").message().doesNotContain("\n");
    }
  }

  private void assertRefused(Remade remade, String... parts) {
    assertThatThrownBy(() -> load(remade).close())
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.NOT_LOADABLE))
        .hasMessageContainingAll(parts)
        .message()
        .doesNotContain("\n");
  }

  private LlamaCppModel load(Remade remade) {
    return LlamaCppModel.load(remade.write(folder.resolve("odd.gguf")), TinyModel.OPTIONS);
  }

  private static List<String> changed(List<String> all, int index, String spelling) {
    List<String> tokens = new ArrayList<>(all);
    tokens.set(index, spelling);
    return tokens;
  }

  private static Arguments refused(String key, @Nullable GgufValue value) {
    return Arguments.of(key, value);
  }

  private static GgufValue whole(long value) {
    return new GgufValue.Whole(GgufValueType.UINT32, value);
  }

  private static GgufValue each(long... values) {
    return new GgufValue.Wholes(GgufValueType.UINT32, Arrays.stream(values).boxed().toList());
  }
}
