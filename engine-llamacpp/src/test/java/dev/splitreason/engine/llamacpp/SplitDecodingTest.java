package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Split decoding with the bundled pair, compared with traces that PyTorch computed. */
class SplitDecodingTest {

  private static final Path MODELS = Path.of("../models");
  private static final PromptTemplate CHAIN = Templates.named("chain");
  private static final String END = "<｜end▁of▁sentence｜>";
  private static final SplitOptions OPTIONS = SplitOptions.DEFAULT.withMaxTokens(300);

  private static final List<JsonNode> REFERENCE = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private static LlamaCppModel small;

  @SuppressWarnings("NullAway.Init")
  private static LlamaCppModel base;

  @SuppressWarnings("NullAway.Init")
  private static LlamaCppModel large;

  @BeforeAll
  static void load() throws Exception {
    small = load("small-split.gguf");
    base = load("small.gguf");
    large = load("large.gguf");
    for (String line : Files.readAllLines(MODELS.resolve("reference-traces.jsonl"))) {
      REFERENCE.add(new ObjectMapper().readTree(line));
    }
  }

  @AfterAll
  static void close() {
    small.close();
    base.close();
    large.close();
  }

  @ParameterizedTest
  @CsvSource({
    "small,false",
    "large,false",
    "learned,false",
    "small,true",
    "large,true",
    "learned,true"
  })
  void writesWhatTheReferenceImplementationWrote(String policy, boolean pipelined) {
    SplitDecoder decoder = decoder(small, large, base, 2);
    int agreeing = 0;
    for (JsonNode reference : REFERENCE) {
      Trace trace =
          decode(
              decoder,
              reference,
              OPTIONS.withPolicy(Policy.parse(policy)).withPipelined(pipelined));
      agreeing += trace.text().equals(text(reference, policy)) ? 1 : 0;
    }
    // Another implementation in F32 may differ where two logits nearly tie.
    assertThat(agreeing).isGreaterThanOrEqualTo(REFERENCE.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void whereASpanClosesDependsNeitherOnTheChunkNorOnPipelining(int chunk) {
    SplitDecoder decoder = decoder(small, large, base, chunk);
    for (JsonNode reference : REFERENCE.subList(0, 15)) {
      List<Segment> sequential =
          untimed(decode(decoder, reference, OPTIONS.withPipelined(false)).segments());
      assertThat(untimed(decode(decoder, reference, OPTIONS).segments())).isEqualTo(sequential);
      assertThat(text(sequential)).isEqualTo(text(reference, "learned"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random:0.1", "random:0.5", "random:0.3:4", "entropy:0.00000001"})
  void withTheSameModelOnBothSidesSwitchingChangesNothing(String policy) throws Exception {
    SplitDecoder decoder = decoder(large, large, null, 2);
    for (JsonNode reference : REFERENCE.subList(0, 15)) {
      String alone = greedyAlone(large, reference);
      for (boolean pipelined : new boolean[] {false, true}) {
        Trace trace =
            decode(
                decoder,
                reference,
                OPTIONS.withPolicy(Policy.parse(policy)).withPipelined(pipelined));
        assertThat(trace.text()).isEqualTo(alone);
        assertThat(trace.usage().largeTokens()).isPositive();
      }
    }
  }

  @Test
  void withAModelThatNeverTagsOnBothSidesTheLearnedPolicyChangesNothing() throws Exception {
    SplitDecoder decoder = decoder(large, large, null, 2);
    for (JsonNode reference : REFERENCE.subList(0, 15)) {
      assertThat(decode(decoder, reference, OPTIONS).text())
          .isEqualTo(greedyAlone(large, reference));
    }
  }

  @Test
  void theLargeModelWritesNothingButDigitsOfResults() {
    SplitDecoder decoder = decoder(small, large, base, 2);
    for (JsonNode reference : REFERENCE.subList(0, 15)) {
      assertThat(decode(decoder, reference, OPTIONS).segments())
          .filteredOn(segment -> segment.author() == Author.LARGE)
          .allSatisfy(segment -> assertThat(segment.text()).matches("[0-9]{1,4}"));
    }
  }

  @Test
  void theDialGoesFromTheSmallModelsCostToMoreThanLearned() {
    SplitDecoder decoder = decoder(small, large, base, 2);
    double[] ratios = new double[3];
    for (JsonNode reference : REFERENCE.subList(0, 10)) {
      ratios[0] += decode(decoder, reference, OPTIONS.withOffloadBias(-30)).usage().offloadRatio();
      ratios[1] += decode(decoder, reference, OPTIONS).usage().offloadRatio();
      ratios[2] += decode(decoder, reference, OPTIONS.withOffloadBias(25)).usage().offloadRatio();
    }
    assertThat(ratios[0]).isZero();
    assertThat(ratios[2]).isGreaterThan(ratios[1]);
  }

  @Test
  void samplingIsReproducible() {
    SplitDecoder decoder = decoder(small, large, base, 2);
    SplitOptions warm = OPTIONS.withSampling(Sampling.at(1, 5));
    for (JsonNode reference : REFERENCE.subList(0, 10)) {
      List<Segment> once = untimed(decode(decoder, reference, warm).segments());
      assertThat(untimed(decode(decoder, reference, warm).segments())).isEqualTo(once);
      assertThat(untimed(decode(decoder, reference, warm.withPipelined(false)).segments()))
          .isEqualTo(once);
    }
  }

  private static LlamaCppModel load(String name) {
    return LlamaCppModel.load(MODELS.resolve(name), LlamaCppOptions.DEFAULTS.withThreads(1));
  }

  private static SplitDecoder decoder(
      LlamaCppModel small,
      LlamaCppModel large,
      @org.jspecify.annotations.Nullable LlamaCppModel base,
      int chunk) {
    return new SplitDecoder(
        Pair.builder()
            .small(small, CHAIN)
            .large(large, CHAIN)
            .base(base)
            .spans(SpanSettings.of(chunk, 64))
            .build());
  }

  private static Trace decode(SplitDecoder decoder, JsonNode reference, SplitOptions options) {
    return decoder.decode(
        List.of(Message.user(reference.get("problem").asString())), options, TraceListener.NONE);
  }

  private static String greedyAlone(LlamaCppModel model, JsonNode reference)
      throws InterruptedException {
    StringBuilder text = new StringBuilder();
    try (Session session = model.open()) {
      session.append(model.tokenizer().tokenizeWithControl(reference.get("prompt").asString()));
      session.decode(DecodeRequest.upTo(300, Sampling.GREEDY), token -> text.append(token.text()));
    }
    return text.toString();
  }

  private static String text(JsonNode reference, String policy) {
    return reference.get(policy).get("text").asString().replace(END, "");
  }

  private static String text(List<Segment> segments) {
    StringBuilder text = new StringBuilder();
    segments.forEach(segment -> text.append(segment.text()));
    return text.toString();
  }

  private static List<Segment> untimed(List<Segment> segments) {
    return segments.stream().map(s -> new Segment(s.author(), s.text(), s.tokens(), 0, 0)).toList();
  }
}
