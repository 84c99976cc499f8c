package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import dev.splitreason.engine.openai.OpenAiOptions.Use;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of a served model, beside the file that is served. */
class ServedModelTest {

  private static final String PROMPT =
      "<｜begin▁of▁sentence｜><｜User｜>Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by"
          + " 12. Give the last two digits.<｜Assistant｜><think>\n";

  private static final Map<ServerSpelling, ModelServer> SERVERS =
      new EnumMap<>(ServerSpelling.class);

  @SuppressWarnings("NullAway.Init")
  private static LanguageModel large;

  @SuppressWarnings("NullAway.Init")
  private static Tokenizer vocabulary;

  @BeforeAll
  static void serve() throws IOException {
    large = BundledModels.load("large.gguf");
    vocabulary = Objects.requireNonNull(large.tokenizer());
    for (ServerSpelling spelling : ServerSpelling.values()) {
      SERVERS.put(spelling, new ModelServer(spelling, Map.of("large", large)));
    }
  }

  @AfterAll
  static void close() {
    SERVERS.values().forEach(ModelServer::close);
  }

  @ParameterizedTest
  @EnumSource(names = {"VLLM", "LLAMA_SERVER"})
  void aModelsOwnTemplateIsThatOfItsServer(ServerSpelling spelling) {
    try (OpenAiModel model = connect(spelling)) {
      PromptTemplate template = Objects.requireNonNull(model.template(TagSpelling.BIGMODEL, null));

      assertThat(template.render(List.of(Message.user("<｜User｜>6*7")), false).text())
          .endsWith("<｜User｜><｜User｜>6*7<｜Assistant｜><think>\n");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SGLANG", "OLLAMA", "PLAIN"})
  void aServerThatRendersNoChatHasNoTemplate(ServerSpelling spelling) {
    try (OpenAiModel model = connect(spelling)) {
      assertThat(model.template(TagSpelling.BIGMODEL, null)).isNull();
    }
  }

  @Test
  void capabilitiesAreWhatTheServerDoes() {
    try (OpenAiModel vllm = connect(ServerSpelling.VLLM);
        OpenAiModel llama = connect(ServerSpelling.LLAMA_SERVER);
        OpenAiModel sglang = connect(ServerSpelling.SGLANG);
        OpenAiModel ollama = connect(ServerSpelling.OLLAMA);
        OpenAiModel plain = connect(ServerSpelling.PLAIN)) {
      assertThat(vllm.capabilities()).isEqualTo(new Capabilities(true, true, true, true));
      assertThat(vllm.info().contextLength()).isEqualTo(512);
      assertThat(llama.capabilities()).isEqualTo(new Capabilities(true, false, true, false));
      assertThat(llama.info().parameters()).isEqualTo(large.info().parameters());
      assertThat(llama.info().chatTemplate()).isEqualTo(large.info().chatTemplate());
      assertThat(sglang.info().contextLength()).isEqualTo(512);
      for (OpenAiModel textOnly : List.of(sglang, ollama, plain)) {
        assertThat(textOnly.capabilities()).isEqualTo(new Capabilities(false, false, false, false));
        assertThat(textOnly.tokenizer()).isNull();
      }
      assertThat(sglang.info().description()).isEqualTo("served by SGLang");
      assertThat(ollama.info().description()).isEqualTo("served by Ollama");
      assertThat(plain.info().contextLength()).isEqualTo(OpenAiModel.UNKNOWN_CONTEXT);
    }
  }

  @Test
  void whatTheSettingsAskForHasToBeThere() {
    OpenAiOptions options =
        options(ServerSpelling.LLAMA_SERVER).using(Use.IF_THERE, Use.ALWAYS, Use.IF_THERE);

    assertThatThrownBy(() -> OpenAiModel.connect(options))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("lacks scoring, which the settings ask for");
  }

  @Test
  void aRunScoredInOnePassAgreesWithTheFile() throws InterruptedException {
    try (OpenAiModel served = connect(ServerSpelling.VLLM);
        Session session = served.open();
        Session ours = large.open()) {
      int[] prompt = vocabulary.tokenizeWithControl("<think>\n37*48");
      int[] run = vocabulary.tokenize("=1776\n76+29=05");
      session.append(prompt);
      ours.append(prompt);
      int banned = run[1];
      var request = new ScoreRequest(true, new int[0], false, Sampling.GREEDY.forbidding(banned));

      Scores scores = session.score(run, request);
      Scores expected = ours.score(run, request);

      assertThat(scores.drawn()).isEqualTo(expected.drawn());
      assertThat(scores.logProbs())
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(expected.logProbs());
      assertThat(session.length()).isEqualTo(ours.length());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VLLM", "LLAMA_SERVER"})
  void tokensAreThoseOfTheVocabularyAndWordsStayWords(ServerSpelling spelling) {
    try (OpenAiModel served = connect(spelling)) {
      Tokenizer tokenizer = Objects.requireNonNull(served.tokenizer());
      Tokenizer ours = vocabulary;
      String text = "Start with 37. é中😀 a\n</x>";
      assertThat(tokenizer.tokenize(text)).isEqualTo(ours.tokenize(text));
      assertThat(tokenizer.tokenizeWithControl("<bigmodel>7"))
          .isEqualTo(ours.tokenizeWithControl("<bigmodel>7"));
      assertThat(tokenizer.idOf("<bigmodel>")).isEqualTo(ours.idOf("<bigmodel>"));
      assertThat(tokenizer.idOf("37")).isNull();
      assertThat(tokenizer.tokenize("say <bigmodel> and <think>"))
          .doesNotContain(
              Objects.requireNonNull(ours.idOf("<bigmodel>")),
              Objects.requireNonNull(ours.idOf("<think>")));
      for (int id : ours.tokenize(text)) {
        assertThat(tokenizer.bytes(id)).isEqualTo(ours.bytes(id));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ServerSpelling.class)
  void aSequenceThatFillsTheContextEndsThere(ServerSpelling spelling) throws InterruptedException {
    try (OpenAiModel served = connect(spelling);
        Session session = served.open()) {
      append(session, PROMPT + "37*48=1776\n".repeat(40));
      int ender = Objects.requireNonNull(vocabulary.idOf("<｜end▁of▁sentence｜>"));

      Decoded decoded =
          session.decode(DecodeRequest.upTo(4000, Sampling.GREEDY.forbidding(ender)), token -> {});

      assertThat(decoded.end()).isEqualTo(Decoded.End.CONTEXT_FULL);
      assertThat(decoded.tokens()).isNotEmpty();
      assertThatThrownBy(() -> append(session, "37*48=1776\n".repeat(60)))
          .isInstanceOfSatisfying(
              ModelException.class,
              e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.CONTEXT_OVERFLOW));
    }
  }

  private static void append(Session session, String scaffold) throws InterruptedException {
    Tokenizer tokenizer = session.model().tokenizer();
    if (tokenizer == null) {
      session.append(scaffold);
    } else {
      session.append(tokenizer.tokenizeWithControl(scaffold));
    }
  }

  private static OpenAiModel connect(ServerSpelling spelling) {
    return OpenAiModel.connect(options(spelling));
  }

  private static OpenAiOptions options(ServerSpelling spelling) {
    return OpenAiOptions.of(server(spelling).url(), "large");
  }

  private static ModelServer server(ServerSpelling spelling) {
    return Objects.requireNonNull(SERVERS.get(spelling));
  }
}
