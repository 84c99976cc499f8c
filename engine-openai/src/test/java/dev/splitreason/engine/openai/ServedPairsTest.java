package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import dev.splitreason.engine.openai.OpenAiOptions.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bundled pair, with one side or both on a server that serves the very same files. */
class ServedPairsTest {

  private static final SplitOptions OPTIONS = SplitOptions.DEFAULT.withMaxTokens(200);
  private static final int CHUNK = 2;

  /** A small model that is probed is asked after a chunk; then it closes where scoring closes. */
  private static final int TOKEN_BY_TOKEN = 1;

  private static final List<String> QUESTIONS =
      List.of(
          "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the"
              + " last two digits.",
          "Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. Give the last two"
              + " digits.",
          "Start with 90. Multiply by 73. Multiply by 18. Add 11. Multiply by 99. Give the last two"
              + " digits.");

  private static final Map<ServerSpelling, ModelServer> SERVERS =
      new EnumMap<>(ServerSpelling.class);

  @SuppressWarnings("NullAway.Init")
  private static LanguageModel small;

  @SuppressWarnings("NullAway.Init")
  private static LanguageModel large;

  @SuppressWarnings("NullAway.Init")
  private static List<String> embedded;

  @BeforeAll
  static void answerWithTheFiles() throws IOException {
    small = BundledModels.load("small-split.gguf");
    large = BundledModels.load("large.gguf");
    for (ServerSpelling spelling : ServerSpelling.values()) {
      SERVERS.put(spelling, new ModelServer(spelling, Map.of("small", small, "large", large)));
    }
    embedded = answers(small, large, OPTIONS, CHUNK);
    assertThat(embedded).allMatch(text -> text.contains("<bigmodel>"));
  }

  @AfterAll
  static void close() {
    SERVERS.values().forEach(ModelServer::close);
  }

  @ParameterizedTest
  @EnumSource(ServerSpelling.class)
  void aServedLargeModelGivesTheTextOfTheFile(ServerSpelling spelling) {
    try (OpenAiModel served = connect(spelling, "large")) {
      assertThat(answers(small, served, OPTIONS, CHUNK)).isEqualTo(embedded);
      assertThat(answers(small, served, OPTIONS.withPipelined(false), CHUNK)).isEqualTo(embedded);
    }
  }

  @ParameterizedTest
  @EnumSource(ServerSpelling.class)
  void aSpanIsOneRequestHoweverOftenTheSmallModelLooks(ServerSpelling spelling) {
    try (OpenAiModel served = connect(spelling, "large")) {
      for (boolean pipelined : new boolean[] {true, false}) {
        int before = server(spelling).streamsBegun();
        List<Trace> traces =
            traces(small, served, OPTIONS.withPipelined(pipelined), TOKEN_BY_TOKEN);
        long spans =
            traces.stream()
                .flatMap(trace -> trace.segments().stream())
                .filter(segment -> segment.author() == Author.LARGE)
                .count();
        assertThat(server(spelling).streamsBegun() - before).isEqualTo((int) spans);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ServerSpelling.class)
  void aServedSmallModelGivesTheTextOfTheFile(ServerSpelling spelling) {
    int looksBefore = looks(spelling);
    try (OpenAiModel served = connect(spelling, "small")) {
      assertThat(answers(served, large, OPTIONS, TOKEN_BY_TOKEN)).isEqualTo(embedded);
    }
    boolean scores = looks(spelling) > looksBefore + 3;
    assertThat(scores).isEqualTo(spelling == ServerSpelling.VLLM);
  }

  @ParameterizedTest
  @EnumSource(ServerSpelling.class)
  void bothModelsMayBeServed(ServerSpelling spelling) {
    try (OpenAiModel servedSmall = connect(spelling, "small");
        OpenAiModel servedLarge = connect(spelling, "large")) {
      assertThat(answers(servedSmall, servedLarge, OPTIONS, TOKEN_BY_TOKEN)).isEqualTo(embedded);
    }
  }

  @Test
  void aServedSmallModelIsUncertainWhereTheFileIs() {
    SplitOptions uncertain = OPTIONS.withPolicy(new Policy.Entropy(0.5));
    List<String> ofTheFile = answers(small, large, uncertain, CHUNK);
    assertThat(ofTheFile).isNotEqualTo(answers(small, large, OPTIONS, CHUNK));
    try (OpenAiModel served = connect(ServerSpelling.VLLM, "small")) {
      assertThat(answers(served, large, uncertain, CHUNK)).isEqualTo(ofTheFile);
    }
  }

  @Test
  void aServerThatCouldScoreButMayNotIsProbed() {
    OpenAiOptions options =
        options(ServerSpelling.VLLM, "small").using(Use.IF_THERE, Use.NEVER, Use.IF_THERE);
    int looks = looks(ServerSpelling.VLLM);
    try (OpenAiModel served = OpenAiModel.connect(options)) {
      assertThat(served.capabilities()).isEqualTo(new Capabilities(true, false, true, false));
      assertThat(answers(served, large, OPTIONS, TOKEN_BY_TOKEN)).isEqualTo(embedded);
    }
    assertThat(looks(ServerSpelling.VLLM)).isEqualTo(looks);
  }

  private static List<String> answers(
      LanguageModel small, LanguageModel large, SplitOptions options, int chunk) {
    return traces(small, large, options, chunk).stream().map(Trace::text).toList();
  }

  private static List<Trace> traces(
      LanguageModel small, LanguageModel large, SplitOptions options, int chunk) {
    var template = Templates.named("chain");
    var pair =
        Pair.builder()
            .small(small, template)
            .large(large, template)
            .spans(SpanSettings.of(chunk, 64))
            .build();
    var decoder = new SplitDecoder(pair);
    List<Trace> traces = new ArrayList<>();
    for (String question : QUESTIONS) {
      Trace trace = decoder.decode(List.of(Message.user(question)), options, TraceListener.NONE);
      assertThat(trace.degradedBecause()).isNull();
      traces.add(trace);
    }
    return traces;
  }

  private static int looks(ServerSpelling spelling) {
    return server(spelling).promptsScored() + server(spelling).prefixesAnswered();
  }

  private static OpenAiModel connect(ServerSpelling spelling, String model) {
    return OpenAiModel.connect(options(spelling, model));
  }

  private static OpenAiOptions options(ServerSpelling spelling, String model) {
    return OpenAiOptions.of(server(spelling).url(), model);
  }

  private static ModelServer server(ServerSpelling spelling) {
    return Objects.requireNonNull(SERVERS.get(spelling));
  }
}
