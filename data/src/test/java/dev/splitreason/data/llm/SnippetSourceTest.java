package dev.splitreason.data.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.splitreason.data.llm.Endpoint.InDoubt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SnippetSourceTest {

  private static final String GOOD =
      """
      {"choices":[{"message":{"content":"{\\"snippets\\":[\\"a = b\\"]}"}}],
       "usage":{"prompt_tokens":100,"completion_tokens":10}}
      """;
  private static final SnippetReply SNIPPETS = new SnippetReply.Snippets(List.of("a = b"));

  @TempDir Path folder;
  private long askedAgain;
  private final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().jettyAcceptors(1));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void asksWithKeyModelAndSchema() throws Exception {
    server.stubFor(post("/v1/chat/completions").willReturn(okJson(GOOD)));
    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
    server.verify(
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Authorization", equalTo("Bearer key"))
            .withRequestBody(containing("\"model\":\"m\""))
            .withRequestBody(containing("json_schema"))
            .withRequestBody(containing("together about 20 %")));
  }

  @Test
  void aServerThatKnowsNoSchemaIsAskedForTheDelimitedForm() throws Exception {
    server.stubFor(
        post("/v1/chat/completions")
            .withRequestBody(containing("json_schema"))
            .willReturn(aResponse().withStatus(400)));
    server.stubFor(
        post("/v1/chat/completions")
            .withRequestBody(containing("<<<SNIPPET"))
            .willReturn(okJson(GOOD)));
    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aBrokenConnectionIsTriedAgain(Fault fault) throws Exception {
    failOnce(aResponse().withFault(fault));
    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void aPassingErrorIsTriedAgain(int status) throws Exception {
    failOnce(aResponse().withStatus(status).withHeader("Retry-After", "0"));
    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
  }

  @Test
  void aBodyCutShortIsTriedAgain() throws Exception {
    failOnce(okJson(GOOD.substring(0, 40)));
    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 404})
  void anErrorThatEveryRequestWouldMeetIsHopelessAtOnce(int status) {
    server.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(status)));
    assertThatThrownBy(() -> ask(Budget.unlimited()))
        .isInstanceOfSatisfying(EndpointException.class, e -> assertThat(e.hopeless()).isTrue())
        .hasMessageContaining("answered " + status);
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @Test
  void attemptsAreLimited() {
    server.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(500)));
    assertThatThrownBy(() -> ask(Budget.unlimited()))
        .isInstanceOf(EndpointException.class)
        .hasMessageContaining("answered 500, 3 times");
  }

  @Test
  void anAnswerIsPaidForOnceAndTellsItsCostAlways() throws Exception {
    server.stubFor(post("/v1/chat/completions").willReturn(okJson(GOOD)));
    var prices = new Budget(1_000_000, 10, 2, 10);
    SnippetSource.Answer first = ask(prices);
    assertThat(ask(prices)).isEqualTo(first);
    assertThat(first.cost()).isEqualTo((100 * 2 + 10 * 10) / 1e6);
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @Test
  void aRequestThatIsSentAgainHasTheSameIdempotencyKeyAndIsCounted() throws Exception {
    failOnce(aResponse().withFault(Fault.EMPTY_RESPONSE));
    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
    assertThat(askedAgain).isEqualTo(1);
    assertThat(server.getAllServeEvents())
        .extracting(event -> event.getRequest().getHeader("Idempotency-Key"))
        .hasSize(2)
        .containsOnly(
            server.getAllServeEvents().getFirst().getRequest().getHeader("Idempotency-Key"))
        .doesNotContainNull();
  }

  @Test
  void aRefusedRequestIsNotInDoubt() throws Exception {
    failOnce(aResponse().withStatus(429).withHeader("Retry-After", "0"));
    assertThat(ask(Budget.unlimited(), InDoubt.GIVE_UP).reply()).isEqualTo(SNIPPETS);
    assertThat(askedAgain).isZero();
  }

  @Test
  void whereDoubtMeansGivingUpALostAnswerIsNeverAskedForAgain() {
    failOnce(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    assertThatThrownBy(() -> ask(Budget.unlimited(), InDoubt.GIVE_UP))
        .isInstanceOf(EndpointException.class)
        .hasMessageContaining("broke off");
    assertThatThrownBy(() -> ask(Budget.unlimited(), InDoubt.GIVE_UP))
        .isInstanceOf(EndpointException.class)
        .hasMessageContaining("whether that was paid for is unknown");
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @Test
  void whereItDoesNotItIsAskedForAgainByALaterRunAndCounted() throws Exception {
    failOnce(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    assertThatThrownBy(() -> ask(Budget.unlimited(), InDoubt.GIVE_UP))
        .isInstanceOf(EndpointException.class);
    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
    assertThat(askedAgain).isEqualTo(1);
    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
    assertThat(askedAgain).isZero();
  }

  @Test
  void nothingIsSentThatMightExceedTheBudget() {
    server.stubFor(post("/v1/chat/completions").willReturn(okJson(GOOD)));
    assertThatThrownBy(() -> ask(new Budget(1000, 10, 0, 0)))
        .isInstanceOf(BudgetExhaustedException.class);
    assertThatThrownBy(() -> ask(new Budget(1_000_000, 0.001, 1, 2)))
        .isInstanceOf(BudgetExhaustedException.class);
    assertThat(server.getAllServeEvents()).isEmpty();
  }

  private void failOnce(ResponseDefinitionBuilder failure) {
    server.stubFor(
        post("/v1/chat/completions")
            .inScenario("fails once")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(failure)
            .willSetStateTo("works"));
    server.stubFor(
        post("/v1/chat/completions")
            .inScenario("fails once")
            .whenScenarioStateIs("works")
            .willReturn(okJson(GOOD)));
  }

  private SnippetSource.Answer ask(Budget budget)
      throws IOException, EndpointException, BudgetExhaustedException, InterruptedException {
    return ask(budget, InDoubt.ASK_AGAIN);
  }

  private SnippetSource.Answer ask(Budget budget, InDoubt inDoubt)
      throws IOException, EndpointException, BudgetExhaustedException, InterruptedException {
    return ask(server.baseUrl(), budget, inDoubt);
  }

  private SnippetSource.Answer ask(String url, Budget budget, InDoubt inDoubt)
      throws IOException, EndpointException, BudgetExhaustedException, InterruptedException {
    var endpoint =
        new Endpoint(
            URI.create(url + "/v1/"),
            "m",
            "key",
            1000,
            0,
            Duration.ofSeconds(10),
            3,
            Duration.ofMillis(1),
            inDoubt);
    try (var source = new SnippetSource(endpoint, 0.2, budget, folder.resolve("cache"))) {
      SnippetSource.Answer answer = source.ask("why?", "because a = b");
      askedAgain = source.askedAgain();
      return answer;
    }
  }

  @Test
  void whatIsWaitedForIsToldAtOnceAndNotForEveryRequest() {
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    var log = (Logger) LoggerFactory.getLogger(ChatClient.class);
    log.addAppender(told);
    String url = server.baseUrl();
    server.stop();
    try {
      assertThatThrownBy(() -> ask(url, Budget.unlimited(), InDoubt.ASK_AGAIN))
          .hasMessageContaining("cannot be reached, 3 times");
    } finally {
      log.detachAppender(told);
    }
    assertThat(told.list).hasSize(1);
    assertThat(told.list.getFirst().getFormattedMessage())
        .contains("cannot be reached; trying again in 1 s");
  }

  @Test
  void anAnswerInPartsIsReadAsOne() throws Exception {
    server.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                okJson(
                    GOOD.replace("\"content\":\"", "\"content\":[{\"type\":\"text\",\"text\":\"")
                        .replace("]}\"}}]", "]}\"}]}}]"))));

    assertThat(ask(Budget.unlimited()).reply()).isEqualTo(SNIPPETS);
  }

  @Test
  void anAnswerThatThinkingUsedUpIsCutOff() throws Exception {
    server.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                okJson(
                    """
                    {"choices":[{"finish_reason":"length",
                      "message":{"content":null,"reasoning_content":"Let me see"}}],
                     "usage":{"completion_tokens":64}}
                    """)));

    assertThat(ask(Budget.unlimited()).reply())
        .isEqualTo(
            new SnippetReply.CutOff(
                "the answer was cut off after 64 tokens while it was still thinking:"
                    + " raise --max-tokens"));
  }
}
