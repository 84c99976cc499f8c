package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Distribution;
import dev.splitreason.core.sampling.Sampling;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Compares with what transformers computes; see the README beside the golden files. */
class GoldenLogitsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @ParameterizedTest
  @ValueSource(strings = {"untied", "tied"})
  void tokenIdsAreTheOnesOfTransformers(String name) throws Exception {
    JsonNode golden = golden();
    try (LlamaCppModel model = load(name)) {
      assertThat(model.tokenizer().tokenizeWithControl(golden.get("text").asString()))
          .containsExactly(ids(golden.get("token_ids")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"untied", "tied"})
  void logProbabilitiesAgreeAtEveryPosition(String name) throws Exception {
    int[] ids = ids(golden().get("token_ids"));
    float[][] logits = logits(name, ids.length);
    int vocabulary = logits[0].length;
    try (LlamaCppModel model = load(name);
        Session session = model.open()) {
      session.append(ids[0]);
      Scores scores =
          session.score(
              Arrays.copyOfRange(ids, 1, ids.length),
              new ScoreRequest(true, IntStream.range(0, vocabulary).toArray(), true, null));
      for (int position = 0; position < ids.length; position++) {
        Distribution expected = Distribution.of(logits[position]);
        for (int id = 0; id < vocabulary; id++) {
          assertThat((double) scores.watched()[position][id])
              .isCloseTo(expected.logProb(logits[position][id]), within(1e-3));
        }
        assertThat((double) scores.entropy()[position]).isCloseTo(expected.entropy(), within(1e-3));
        if (position + 1 < ids.length) {
          assertThat((double) scores.logProbs()[position])
              .isCloseTo(expected.logProb(logits[position][ids[position + 1]]), within(1e-3));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"untied", "tied"})
  void greedyTextIsTheSame(String name) throws Exception {
    JsonNode golden = golden();
    try (LlamaCppModel model = load(name);
        Session session = model.open()) {
      session.append(ids(golden.get("token_ids")));
      int[] expected = ids(golden.get("models").get(name).get("greedy"));
      Decoded decoded =
          session.decode(DecodeRequest.upTo(expected.length, Sampling.GREEDY), token -> {});
      assertThat(decoded.tokens().stream().mapToInt(Token::id)).containsExactly(boxed(expected));
    }
  }

  private static Integer[] boxed(int[] ids) {
    return Arrays.stream(ids).boxed().toArray(Integer[]::new);
  }

  private static LlamaCppModel load(String name) {
    return LlamaCppModel.load(
        GOLDEN.resolve(name + ".gguf"), LlamaCppOptions.DEFAULTS.withThreads(1));
  }

  private static JsonNode golden() throws Exception {
    return new ObjectMapper().readTree(Files.readString(GOLDEN.resolve("golden.json")));
  }

  private static int[] ids(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
  }

  private static float[][] logits(String name, int rows) throws Exception {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(GOLDEN.resolve(name + ".logits")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int columns = bytes.remaining() / Float.BYTES / rows;
    float[][] logits = new float[rows][columns];
    for (float[] row : logits) {
      bytes.asFloatBuffer().get(row);
      bytes.position(bytes.position() + Float.BYTES * columns);
    }
    return logits;
  }
}
