package dev.splitreason.cli.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.served.ModelServer.Style;
import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.engine.openai.OpenAiModel;
import dev.splitreason.engine.openai.OpenAiOptions;
import dev.splitreason.engine.openai.OpenAiOptions.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bundled pair, with one side or both on a server that serves the very same files. */
class ServedPairsTest {

  private static final SplitOptions OPTIONS = SplitOptions.DEFAULT.withMaxTokens(200);
  private static final Map<String, String> FILES =
      Map.of("small", "small-split.gguf", "large", "large.gguf");

  private static final int CHUNK = 2;

  /** A small model that is probed is asked after a chunk; then it closes where scoring closes. */
  private static final int TOKEN_BY_TOKEN = 1;

  private static final String PROMPT =
      "<｜begin▁of▁sentence｜><｜User｜>Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by"
          + " 12. Give the last two digits.<｜Assistant｜><think>\n";

  private static final List<String> QUESTIONS =
      List.of(
          "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the"
              + " last two digits.",
          "Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. Give the last two"
              + " digits.",
          "Start with 90. Multiply by 73. Multiply by 18. Add 11. Multiply by 99. Give the last two"
              + " digits.");

  private static final Map<Style, ModelServer> SERVERS = new EnumMap<>(Style.class);
  private static LanguageModel small;
  private static LanguageModel large;
  private static List<String> embedded;

  @BeforeAll
  static void answerWithTheFiles() throws IOException {
    small = bundled("small-split.gguf");
    large = bundled("large.gguf");
    for (Style style : Style.values()) {
      SERVERS.put(style, new ModelServer(style, FILES));
    }
    embedded = answers(small, large, OPTIONS, CHUNK);
    assertThat(embedded).allMatch(text -> text.contains("<bigmodel>"));
  }

  @AfterAll
  static void close() {
    SERVERS.values().forEach(ModelServer::close);
    small.close();
    large.close();
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void aServedLargeModelGivesTheTextOfTheFile(Style style) {
    try (OpenAiModel served = connect(style, "large")) {
      assertThat(answers(small, served, OPTIONS, CHUNK)).isEqualTo(embedded);
      assertThat(answers(small, served, OPTIONS.withPipelined(false), CHUNK)).isEqualTo(embedded);
    }
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void aServedSmallModelGivesTheTextOfTheFile(Style style) {
    int scoredBefore = SERVERS.get(style).promptsScored();
    try (OpenAiModel served = connect(style, "small")) {
      assertThat(answers(served, large, OPTIONS, TOKEN_BY_TOKEN)).isEqualTo(embedded);
    }
    boolean scores = SERVERS.get(style).promptsScored() > scoredBefore + 1;
    assertThat(scores).isEqualTo(style == Style.VLLM);
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void bothModelsMayBeServed(Style style) {
    try (OpenAiModel servedSmall = connect(style, "small");
        OpenAiModel servedLarge = connect(style, "large")) {
      assertThat(answers(servedSmall, servedLarge, OPTIONS, TOKEN_BY_TOKEN)).isEqualTo(embedded);
    }
  }

  @Test
  void aServerThatCouldScoreButMayNotIsProbed() {
    OpenAiOptions options =
        options(Style.VLLM, "small").using(Use.IF_THERE, Use.NEVER, Use.IF_THERE);
    int scored = SERVERS.get(Style.VLLM).promptsScored();
    try (OpenAiModel served = OpenAiModel.connect(options)) {
      assertThat(served.capabilities()).isEqualTo(new Capabilities(true, false, true, false));
      assertThat(answers(served, large, OPTIONS, TOKEN_BY_TOKEN)).isEqualTo(embedded);
    }
    assertThat(SERVERS.get(Style.VLLM).promptsScored()).isEqualTo(scored);
  }

  @Test
  void capabilitiesAreWhatTheServerDoes() {
    try (OpenAiModel vllm = connect(Style.VLLM, "large");
        OpenAiModel llama = connect(Style.LLAMA_SERVER, "large");
        OpenAiModel plain = connect(Style.PLAIN, "large")) {
      assertThat(vllm.capabilities()).isEqualTo(new Capabilities(true, true, true, false));
      assertThat(vllm.info().contextLength()).isEqualTo(512);
      assertThat(llama.capabilities()).isEqualTo(new Capabilities(true, false, true, false));
      assertThat(llama.info().parameters()).isEqualTo(large.info().parameters());
      assertThat(llama.info().chatTemplate()).isEqualTo(large.info().chatTemplate());
      assertThat(plain.capabilities()).isEqualTo(new Capabilities(false, false, false, false));
      assertThat(plain.tokenizer()).isNull();
      assertThat(plain.info().contextLength()).isEqualTo(OpenAiModel.UNKNOWN_CONTEXT);
    }
  }

  @Test
  void whatTheSettingsAskForHasToBeThere() {
    OpenAiOptions options =
        options(Style.LLAMA_SERVER, "large").using(Use.IF_THERE, Use.ALWAYS, Use.IF_THERE);

    assertThatThrownBy(() -> OpenAiModel.connect(options))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("lacks scoring, which the settings ask for");
  }

  @Test
  void aRunScoredInOnePassAgreesWithTheFile() throws InterruptedException {
    try (OpenAiModel served = connect(Style.VLLM, "large");
        Session session = served.open();
        Session ours = large.open()) {
      int[] prompt = large.tokenizer().tokenizeWithControl("<think>\n37*48");
      int[] run = large.tokenizer().tokenize("=1776\n76+29=05");
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
  @EnumSource(value = Style.class, names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
  void tokensAreThoseOfTheVocabularyAndWordsStayWords(Style style) {
    try (OpenAiModel served = connect(style, "small")) {
      Tokenizer tokenizer = served.tokenizer();
      Tokenizer ours = small.tokenizer();
      String text = "Start with 37. é中😀 a\n</x>";
      assertThat(tokenizer.tokenize(text)).isEqualTo(ours.tokenize(text));
      assertThat(tokenizer.tokenizeWithControl("<bigmodel>7"))
          .isEqualTo(ours.tokenizeWithControl("<bigmodel>7"));
      assertThat(tokenizer.idOf("<bigmodel>")).isEqualTo(ours.idOf("<bigmodel>"));
      assertThat(tokenizer.idOf("37")).isNull();
      assertThat(tokenizer.tokenize("say <bigmodel> and <think>"))
          .doesNotContain(ours.idOf("<bigmodel>"), ours.idOf("<think>"));
      for (int id : ours.tokenize(text)) {
        assertThat(tokenizer.bytes(id)).isEqualTo(ours.bytes(id));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void truncatedAndForkedSessionsGoOnLikeFreshOnes(Style style) throws InterruptedException {
    try (OpenAiModel served = connect(style, "large");
        Session session = served.open()) {
      append(session, PROMPT);
      int start = session.length();
      String first = decode(session, 9);
      assertThat(session.length()).isEqualTo(start + 9);
      try (Session fork = session.fork()) {
        fork.truncate(start);
        assertThat(decode(fork, 9)).isEqualTo(first);
      }
      session.truncate(start + 4);
      assertThat(decode(session, 5)).isEqualTo(first.substring(4));
    }
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void tokensAreSeenOneByOneAndAStopConditionEndsTheRequest(Style style)
      throws InterruptedException {
    try (OpenAiModel served = connect(style, "large");
        Session session = served.open()) {
      append(session, "<think>\n37*48=");
      List<Token> seen = new ArrayList<>();
      var decoded =
          session.decode(
              DecodeRequest.upTo(100, Sampling.GREEDY).withStop(token -> token.text().equals("7")),
              seen::add);

      assertThat(decoded.tokens()).isEqualTo(seen);
      assertThat(seen.stream().map(Token::text)).containsExactly("1", "7");
    }
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void aSequenceThatFillsTheContextEndsThere(Style style) throws InterruptedException {
    try (OpenAiModel served = connect(style, "large");
        Session session = served.open()) {
      append(session, PROMPT + "37*48=1776\n".repeat(40));
      Integer ender = small.tokenizer().idOf("<｜end▁of▁sentence｜>");

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

  private static String decode(Session session, int tokens) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    session.decode(DecodeRequest.upTo(tokens, Sampling.GREEDY), token -> text.append(token.text()));
    return text.toString();
  }

  private static List<String> answers(
      LanguageModel small, LanguageModel large, SplitOptions options, int chunk) {
    var template = Templates.named("chain");
    var pair =
        Pair.builder()
            .small(small, template)
            .large(large, template)
            .spans(SpanSettings.of(chunk, 64))
            .build();
    var decoder = new SplitDecoder(pair);
    List<String> answers = new ArrayList<>();
    for (String question : QUESTIONS) {
      Trace trace = decoder.decode(List.of(Message.user(question)), options, TraceListener.NONE);
      assertThat(trace.degradedBecause()).isNull();
      answers.add(trace.text());
    }
    return answers;
  }

  private static OpenAiModel connect(Style style, String model) {
    return OpenAiModel.connect(options(style, model));
  }

  private static OpenAiOptions options(Style style, String model) {
    String[] at = SERVERS.get(style).at(model).split("#", -1);
    return OpenAiOptions.of(at[0], at[1]);
  }

  private static LanguageModel bundled(String file) {
    return LlamaCppModel.load(
        CommandProcess.project().resolve("models").resolve(file),
        LlamaCppOptions.DEFAULTS.withThreads(1).withMaxSessions(16));
  }
}
