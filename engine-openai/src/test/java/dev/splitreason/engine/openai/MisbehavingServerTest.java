package dev.splitreason.engine.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server can do what it likes: each way ends within bounds of time and memory, and with one line.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MisbehavingServerTest {

  private static final byte[] MEGABYTE = "x".repeat(1 << 20).getBytes(UTF_8);

  /** What may be read of something endless, in bytes. */
  private static final long READ_AT_MOST = 100L << 20;

  private final SocketServer server;

  MisbehavingServerTest() throws IOException {
    server = new SocketServer();
  }

  @BeforeEach
  void begin() {
    assertThat(server.url()).startsWith("http://127.0.0.1:");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void connectingEndsInTimeWhereTheServerAcceptsAndNeverAnswers() {
    server.models(out -> Thread.sleep(600_000));
    OpenAiOptions options =
        OpenAiOptions.of(server.url(), "m").withConnectLimit(Duration.ofSeconds(2));

    assertThatThrownBy(() -> OpenAiModel.connect(options))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("#m did not show within 2.0 s what it can do");
  }

  @Test
  void connectingEndsInTimeWhereTheServerDripsAByteASecond() {
    server.models(out -> drip(out, "HTTP/1.1 200 OK\r\n\r\n" + " ".repeat(1000)));
    OpenAiOptions options =
        OpenAiOptions.of(server.url(), "m").withConnectLimit(Duration.ofSeconds(3));

    assertThatThrownBy(() -> OpenAiModel.connect(options))
        .hasMessageContaining("did not show within 3.0 s");
  }

  @Test
  void aPauseThatTheServerAsksForIsKeptWithinBounds() throws Exception {
    try (OpenAiModel model = OpenAiModel.connect(patient());
        Session session = prompted(model)) {
      server.completions(
          out ->
              out.write(
                  "HTTP/1.1 429 Busy\r\nConnection: close\r\nRetry-After: 100000\r\nContent-Length: 0\r\n\r\n"
                      .getBytes(UTF_8)));

      assertThat(failure(session).kind()).isEqualTo(ModelException.Kind.OUT_OF_CAPACITY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {": still here\n\n", "data:\n\n", "event: ping\ndata: {}\n\n", "\n"})
  void whatKeepsAConnectionAliveBreaksNoSilence(String alive) throws Exception {
    try (OpenAiModel model = OpenAiModel.connect(hasty());
        Session session = prompted(model)) {
      server.completions(
          out -> {
            out.write(SocketServer.EVENTS.getBytes(UTF_8));
            while (true) {
              out.write(alive.getBytes(UTF_8));
              out.flush();
              Thread.sleep(20);
            }
          });

      assertThat(failure(session)).hasMessageEndingWith("#m was silent for 1.5 s");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {": still here\n\n", "data:\n\n", "data: \n\n", "event: ping\ndata: {}\n\n"})
  void whatKeepsAConnectionAliveIsPassedOver(String alive) throws Exception {
    assertThat(decodeOf(alive + part("a") + alive + part("b") + alive + end("stop")))
        .isEqualTo("ab");
  }

  @Test
  void aStreamThatDripsAByteASecondIsSilence() throws Exception {
    try (OpenAiModel model = OpenAiModel.connect(hasty());
        Session session = prompted(model)) {
      server.completions(out -> drip(out, SocketServer.EVENTS + part("a")));

      assertThat(failure(session)).hasMessageEndingWith("was silent for 1.5 s");
    }
  }

  @Test
  void aWholeAnswerThatDripsAByteASecondIsGivenUp() throws Exception {
    try (OpenAiModel model = OpenAiModel.connect(hasty());
        Session session = prompted(model)) {
      server.completions(out -> drip(out, "HTTP/1.1 200 OK\r\n\r\n" + " ".repeat(1000)));

      // Long enough to be read ahead, which is an answer that is not streamed.
      assertThatThrownBy(() -> session.append("word ".repeat(400)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("took longer than 1.5 s for an answer");
    }
  }

  @Test
  void aLineWithoutEndIsReadWithinBounds() throws Exception {
    long[] written = {0};
    try (OpenAiModel model = OpenAiModel.connect(patient());
        Session session = prompted(model)) {
      server.completions(
          out -> {
            out.write((SocketServer.EVENTS + "data: ").getBytes(UTF_8));
            endlessly(out, written);
          });

      assertThat(failure(session)).hasMessageContaining("a line of its stream is longer than");
    }
    assertThat(written[0]).isLessThan(READ_AT_MOST);
  }

  @Test
  void aDocumentWithoutEndIsReadWithinBounds() {
    long[] written = {0};
    server.models(
        out -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n{\"data\":[\"".getBytes(UTF_8));
          endlessly(out, written);
        });

    assertThatThrownBy(() -> OpenAiModel.connect(patient()))
        .isInstanceOf(ModelException.class)
        .hasMessageNotContaining("\n");
    assertThat(written[0]).isLessThan(READ_AT_MOST);
  }

  @Test
  void aSmallAnswerThatUnpacksToGigabytesIsReadWithinBounds() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"data\":".getBytes(UTF_8));
      byte[] blanks = " ".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 512; i++) {
        gzip.write(blanks);
      }
    }
    server.models(
        out -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".getBytes(UTF_8));
          packed.writeTo(out);
        });

    assertThatThrownBy(() -> OpenAiModel.connect(patient()))
        .hasMessageContaining("its answer is longer than 64 MB, and not read");
  }

  @Test
  void oneHundredThousandModelNamesAreNotToldAll() {
    String names =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "{\"id\":\"model-%06d\"}".formatted(i))
            .collect(Collectors.joining(","));
    server.models(out -> SocketServer.document(out, "{\"data\":[" + names + "]}"));

    ModelException failure =
        catchThrowableOfType(ModelException.class, () -> OpenAiModel.connect(patient()));

    assertThat(failure).hasMessageContaining("model-000009 and 99990 more)");
    assertThat(failure.getMessage()).hasSizeLessThan(400);
  }

  @Test
  void noAuthorizationIsSentWhereThereIsNoKey() throws Exception {
    try (OpenAiModel model = OpenAiModel.connect(patient());
        Session session = prompted(model)) {
      server.completions(events(part("a") + end("stop")));
      decode(session, new ArrayList<>());
    }
    assertThat(server.heads())
        .hasSizeGreaterThan(3)
        .noneMatch(head -> head.contains("uthorization"));

    server.completions(out -> SocketServer.document(out, "{\"choices\":[{\"text\":\"1\"}]}"));
    try (OpenAiModel _ = OpenAiModel.connect(patient().withApiKey("k"))) {
      assertThat(server.heads()).anyMatch(head -> head.contains("Authorization: Bearer k"));
    }
  }

  @Test
  void aCharacterThatComesInTwoHalvesIsOne() throws Exception {
    assertThat(decodeOf(part("a\\ud83d") + part("\\ude00b") + end("stop"))).isEqualTo("a😀b");
    assertThat(decodeOf(part("\\ud83d") + end("stop"))).isEqualTo("?");
  }

  @Test
  void otherChoicesThanTheFirstAreSomebodyElses() throws Exception {
    assertThat(
            decodeOf(
                part("a")
                    + part("X").replace("\"index\":0", "\"index\":1")
                    + end("stop").replace("\"index\":0", "\"index\":1")
                    + part("b")
                    + end("stop")))
        .isEqualTo("ab");
  }

  @Test
  void anAnswerThatAContentFilterEndsIsNoAnswer() throws Exception {
    assertThat(failureOf(part("a") + end("content_filter")))
        .hasMessageContaining("its content filter took the answer back");
  }

  @Test
  void aStreamThatSaysItIsDoneWithoutAReasonIsDone() throws Exception {
    assertThat(decodeOf(part("a") + part("b") + "data: [DONE]\n\n")).isEqualTo("ab");
  }

  @Test
  void aStreamThatBreaksOffIsNotDone() throws Exception {
    assertThat(failureOf(part("a") + part("b")))
        .hasMessageContaining("ended the stream in the middle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":null}",
        "{\"choices\":[]}",
        "{\"choices\":[null]}",
        "null",
        "[]",
        "7",
        "{}"
      })
  void aBodyWithoutACompletionIsToldAsThat(String body) {
    server.completions(out -> SocketServer.document(out, body));

    assertThatThrownBy(() -> OpenAiModel.connect(patient()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("answered something else than a completion");
  }

  @Test
  void anErrorUnderAStatusOfSuccessIsToldInTheServersWords() throws Exception {
    String error = "{\"error\":{\"message\":\"the engine is dead\",\"code\":500}}";
    assertThat(failureOf("data: " + error + "\n\n")).hasMessageContaining("the engine is dead");
    try (OpenAiModel model = OpenAiModel.connect(patient());
        Session session = prompted(model)) {
      server.completions(out -> SocketServer.document(out, error));

      assertThat(failure(session)).hasMessageContaining("answered: the engine is dead");
    }
  }

  @Test
  void aProbabilityThatIsNotToldIsNoCertainty() throws Exception {
    var json = new JsonMapper();

    assertThatThrownBy(() -> TopLogProbs.ofPrompt(json.readTree("{\"5\":{\"logprob\":null}}")))
        .hasMessageContaining("tells null as the log-probability of token 5");
    assertThatThrownBy(() -> TopLogProbs.ofPrompt(json.readTree("{\"x\":{\"logprob\":-1}}")))
        .hasMessageContaining("'x', which is no token's id");
    assertThatThrownBy(
            () -> TopLogProbs.ofPrompt(json.readTree("{\"5\":{\"logprob\":-1}}")).logProb(7))
        .hasMessageContaining("did not tell the probability of token 7");
  }

  private OpenAiOptions patient() {
    return OpenAiOptions.of(server.url(), "m").withConnectLimit(Duration.ofSeconds(50));
  }

  /** Silent for a second and a half at most. */
  private OpenAiOptions hasty() {
    return patient().withPatience(Duration.ofMillis(1500), 1);
  }

  private Session prompted(OpenAiModel model) throws InterruptedException {
    Session session = model.open();
    session.append("1+1=");
    return session;
  }

  private String decodeOf(String stream) throws Exception {
    try (OpenAiModel model = OpenAiModel.connect(patient());
        Session session = prompted(model)) {
      server.completions(events(stream));
      List<String> seen = new ArrayList<>();

      Decoded decoded = decode(session, seen);

      assertThat(decoded.end()).isEqualTo(Decoded.End.END_OF_TEXT);
      return String.join("", seen);
    } finally {
      server.completions(out -> SocketServer.document(out, "{\"choices\":[{\"text\":\"1\"}]}"));
    }
  }

  private ModelException failureOf(String stream) throws Exception {
    try (OpenAiModel model = OpenAiModel.connect(patient());
        Session session = prompted(model)) {
      server.completions(events(stream));
      return failure(session);
    } finally {
      server.completions(out -> SocketServer.document(out, "{\"choices\":[{\"text\":\"1\"}]}"));
    }
  }

  private static Decoded decode(Session session, List<String> seen) throws InterruptedException {
    return session.decode(DecodeRequest.upTo(9, Sampling.GREEDY), token -> seen.add(token.text()));
  }

  private static ModelException failure(Session session) {
    ModelException failure =
        catchThrowableOfType(ModelException.class, () -> decode(session, new ArrayList<>()));
    assertThat(failure.getMessage()).doesNotContain("\n");
    return failure;
  }

  private static SocketServer.Answer events(String stream) {
    return out -> out.write((SocketServer.EVENTS + stream).getBytes(UTF_8));
  }

  private static void drip(OutputStream out, String text) throws IOException, InterruptedException {
    for (byte one : text.getBytes(UTF_8)) {
      out.write(one);
      out.flush();
      Thread.sleep(500);
    }
  }

  private static void endlessly(OutputStream out, long[] written) throws IOException {
    while (true) {
      out.write(MEGABYTE);
      written[0] += MEGABYTE.length;
    }
  }

  private static String part(String text) {
    return event(text, "null");
  }

  private static String end(String reason) {
    return event("", "\"" + reason + "\"");
  }

  private static String event(String text, String finish) {
    return "data: {\"choices\":[{\"text\":\"%s\",\"index\":0,\"finish_reason\":%s}]}\n\n"
        .formatted(text, finish);
  }
}
