package dev.splitreason.engine.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers do wrong, over real connections. */
@Timeout(240)
class ServerFaultsTest {

  private static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\",\"created\":1,\"owned_by\":\"x\"}]}";
  private static final String ONE =
      "{\"id\":\"1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"text\":\"1\","
          + "\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}]}";

  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(get(urlEqualTo("/v1/models")).willReturn(okJson(MODELS)));
    server.stubFor(post(anyUrl()).atPriority(9).willReturn(aResponse().withStatus(404)));
    completions(okJson(ONE));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aStreamIsReadToItsEnd() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      completions(stream(part("a"), part("é"), end("stop"), "data: [DONE]\n\n"));
      List<String> seen = new ArrayList<>();

      Decoded decoded =
          session.decode(DecodeRequest.upTo(9, Sampling.GREEDY), token -> seen.add(token.text()));

      assertThat(decoded.end()).isEqualTo(Decoded.End.END_OF_TEXT);
      assertThat(seen).containsExactly("a", "é");
    }
  }

  @Test
  void aServerThatKnowsNoOptionToCountIsAskedWithoutIt() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      completions(stream(part("a"), end("stop"), "data: [DONE]\n\n"));
      server.stubFor(
          post(urlEqualTo("/v1/completions"))
              .atPriority(1)
              .withRequestBody(containing("stream_options"))
              .willReturn(aResponse().withStatus(400)));

      assertThat(decode(session)).containsExactly("a");
      server.resetRequests();
      assertThat(decode(session)).containsExactly("a");
      server.verify(1, postRequestedFor(urlEqualTo("/v1/completions")));
    }
  }

  @Test
  void anEventIsAsManyTokensAsTheServerCounts() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      String usage = ",\"usage\":{\"completion_tokens\":5}}\n\n";
      completions(
          stream(
              part("un be liev").replaceFirst("}\\s*$", usage), end("stop"), "data: [DONE]\n\n"));

      assertThat(decode(session))
          .hasSize(5)
          .satisfies(tokens -> assertThat(String.join("", tokens)).isEqualTo("un be liev"));
    }
  }

  @Test
  void serverErrorsAreTriedAgainAndNoTextComesTwice() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      inTurn(
          aResponse().withStatus(500),
          aResponse().withStatus(429).withHeader("Retry-After", "1"),
          stream(part("a"), part("b"), end("stop"), "data: [DONE]\n\n"));

      assertThat(decode(session)).containsExactly("a", "b");
    }
  }

  @Test
  void errorsThatStayAreOneLineAfterTheLastAttempt() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      server.resetRequests();
      completions(
          aResponse().withStatus(503).withBody("{\"error\":{\"message\":\"loading\\nmodel\"}}"));

      ModelException failure = failure(session);

      assertThat(failure).hasMessageEndingWith("#m answered 503: loading model");
      assertThat(failure.kind()).isEqualTo(Kind.OUT_OF_CAPACITY);
      server.verify(3, postRequestedFor(urlEqualTo("/v1/completions")));
    }
  }

  @Test
  void aStreamThatEndsInTheMiddleIsAFailureThatKeepsWhatCame() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      server.resetRequests();
      completions(stream(part("a"), part("b")));
      List<String> seen = new ArrayList<>();
      int before = session.length();

      assertThatThrownBy(
              () ->
                  session.decode(
                      DecodeRequest.upTo(9, Sampling.GREEDY), token -> seen.add(token.text())))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("ended the stream in the middle");

      assertThat(seen).containsExactly("a", "b");
      assertThat(session.length()).isEqualTo(before + 2);
      server.verify(1, postRequestedFor(urlEqualTo("/v1/completions")));
    }
  }

  @Test
  void aBrokenConnectionInTheMiddleIsToldAsThat() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      completions(stream(part("a")).withFault(Fault.MALFORMED_RESPONSE_CHUNK));

      assertThat(failure(session).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  void anErrorWithinAStreamIsTold() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      completions(stream(part("a"), "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"));

      assertThat(failure(session)).hasMessageContaining("out of memory");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>Welcome</html>", "data: no json\n\n", "data: {\"choices\": 7}\n\n", ""})
  void somethingElseThanACompletionIsToldAsThat(String body) throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      completions(aResponse().withHeader("Content-Type", "text/html").withBody(body));

      assertThat(failure(session))
          .hasMessageContaining("answered something else than a completion");
    }
  }

  @Test
  void silenceEndsAfterTheTimeout() throws InterruptedException {
    OpenAiOptions hasty =
        OpenAiOptions.of(server.baseUrl() + "/v1", "m").withPatience(Duration.ofSeconds(5), 1);
    try (OpenAiModel model = OpenAiModel.connect(hasty);
        Session session = prompted(model)) {
      completions(stream(part("a"), end("stop")).withFixedDelay(200_000));

      assertThat(failure(session)).hasMessageEndingWith("#m was silent for 5.0 s");
    }
  }

  @Test
  void anInterruptEndsARequestAtOnce() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      completions(stream(part("a"), end("stop")).withFixedDelay(200_000));
      Thread caller = Thread.currentThread();
      Thread.ofVirtual()
          .start(
              () -> {
                awaitRequests(1);
                caller.interrupt();
              });

      assertThatThrownBy(() -> decode(session)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  @SuppressWarnings("try") // closing is what is tested
  void closingASessionEndsWhatItIsDoing() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      completions(stream(part("a"), end("stop")).withFixedDelay(200_000));
      Thread.ofVirtual()
          .start(
              () -> {
                awaitRequests(1);
                session.close();
              });

      assertThat(failure(session)).hasMessage("the session is closed");
      session.close();
      assertThat(failure(session)).hasMessage("the session is closed");
    }
  }

  @Test
  void aPromptThatIsTooLongIsToldApart() throws InterruptedException {
    try (OpenAiModel model = connect();
        Session session = prompted(model)) {
      completions(
          aResponse()
              .withStatus(400)
              .withBody("{\"error\":{\"message\":\"This model's maximum context length is 8\"}}"));

      assertThat(failure(session).kind()).isEqualTo(Kind.CONTEXT_OVERFLOW);
    }
  }

  @Test
  void aServerThatWantsAKeySaysHowToGiveOne() {
    server.stubFor(get(urlEqualTo("/v1/models")).willReturn(aResponse().withStatus(401)));

    assertThatThrownBy(this::connect)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("refused (401): it wants an API key: --api-key-env");
  }

  @Test
  void aKeyIsInNoMessageEvenIfTheServerRepeatsIt() {
    server.stubFor(
        get(urlEqualTo("/v1/models"))
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withBody("{\"error\":{\"message\":\"wrong key: s3cret-key\"}}")));
    OpenAiOptions options =
        OpenAiOptions.of(server.baseUrl() + "/v1", "m").withApiKey("s3cret-key");

    ModelException failure =
        catchThrowableOfType(ModelException.class, () -> OpenAiModel.connect(options));

    assertThat(failure).hasMessageContaining("does not accept the API key: wrong key: (key)");
    assertThat(failure.getCause()).isNull();
    assertThat(options.toString()).doesNotContain("s3cret");
  }

  @Test
  void aServerThatOnlyChatsIsToldWhatIsNeeded() {
    completions(aResponse().withStatus(404));

    assertThatThrownBy(this::connect)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no completions, only chat")
        .hasMessageContaining("/v1/completions");
  }

  @Test
  void aServerWithoutAListOfModelsWorksAllTheSame() {
    server.stubFor(get(urlEqualTo("/v1/models")).willReturn(aResponse().withStatus(404)));
    try (OpenAiModel model = connect()) {
      assertThat(model.info().description()).isEqualTo("served by an OpenAI-compatible server");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/v1", "http:///v1", "http://a b/v1"})
  void whatIsNoAddressIsToldBeforeAnythingIsAsked(String url) {
    assertThatThrownBy(() -> OpenAiModel.connect(OpenAiOptions.of(url, "m")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is no address of a server");
  }

  private OpenAiModel connect() {
    return OpenAiModel.connect(OpenAiOptions.of(server.baseUrl() + "/v1", "m"));
  }

  private Session prompted(OpenAiModel model) throws InterruptedException {
    Session session = model.open();
    session.append("1+1=");
    server.resetRequests();
    return session;
  }

  private static List<String> decode(Session session) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    session.decode(DecodeRequest.upTo(9, Sampling.GREEDY), token -> seen.add(token.text()));
    return seen;
  }

  private static ModelException failure(Session session) {
    ModelException failure = catchThrowableOfType(ModelException.class, () -> decode(session));
    assertThat(failure.getMessage()).doesNotContain("\n");
    return failure;
  }

  private void awaitRequests(int count) {
    while (server.findAll(postRequestedFor(urlEqualTo("/v1/completions"))).size() < count) {
      Thread.onSpinWait();
    }
  }

  private void completions(ResponseDefinitionBuilder response) {
    server.stubFor(post(urlEqualTo("/v1/completions")).willReturn(response));
  }

  private void inTurn(ResponseDefinitionBuilder... responses) {
    for (int i = 0; i < responses.length; i++) {
      server.stubFor(
          post(urlEqualTo("/v1/completions"))
              .inScenario("in turn")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
              .willSetStateTo("after " + (i + 1))
              .willReturn(responses[i]));
    }
  }

  private static ResponseDefinitionBuilder stream(String... events) {
    return aResponse()
        .withHeader("Content-Type", "text/event-stream")
        .withBody(String.join("", events));
  }

  private static String part(String text) {
    return event(text, "null");
  }

  private static String end(String reason) {
    return event("", "\"" + reason + "\"");
  }

  private static String event(String text, String finish) {
    return "data:"
        + " {\"id\":\"1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":"
        + "[{\"text\":\"%s\",\"index\":0,\"logprobs\":null,\"finish_reason\":%s}]}\n\n"
            .formatted(text, finish);
  }
}
