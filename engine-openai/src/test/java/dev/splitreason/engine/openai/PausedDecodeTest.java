package dev.splitreason.engine.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.StopCondition;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decode that pauses and goes on, as the server sees it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PausedDecodeTest {

  private final SocketServer server;
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch cancelled = new CountDownLatch(1);

  @SuppressWarnings("NullAway.Init")
  private OpenAiModel model;

  @SuppressWarnings("NullAway.Init")
  private Session session;

  PausedDecodeTest() throws IOException {
    server = new SocketServer();
  }

  @BeforeEach
  void prompt() throws InterruptedException {
    model =
        OpenAiModel.connect(
            OpenAiOptions.of(server.url(), "m").withPatience(Duration.ofMillis(1500), 1));
    session = model.open();
    session.append("1+1=");
    server.completions(this::writeOn);
  }

  @AfterEach
  void stop() throws IOException {
    session.close();
    model.close();
    server.close();
  }

  /** Numbers its tokens, and writes until nobody reads any more. */
  private void writeOn(OutputStream out) throws IOException, InterruptedException {
    begun.incrementAndGet();
    out.write(SocketServer.EVENTS.getBytes(UTF_8));
    try {
      for (int i = 0; ; i++) {
        write(out, i);
      }
    } catch (IOException e) {
      cancelled.countDown();
      throw e;
    }
  }

  private static void write(OutputStream out, int number) throws IOException {
    String event = "data: {\"choices\":[{\"text\":\"%d\",\"index\":0,\"finish_reason\":null}]}\n\n";
    out.write(event.formatted(number % 10).getBytes(UTF_8));
    out.flush();
  }

  @Test
  void theNextDecodeTakesUpTheSameRequest() throws InterruptedException {
    int before = session.length();

    assertThat(text(write(3, 100))).isEqualTo("012");
    assertThat(text(write(1, 97))).isEqualTo("3");
    Decoded last = session.decode(DecodeRequest.upTo(4, Sampling.GREEDY), token -> {});

    assertThat(text(last)).isEqualTo("4567");
    assertThat(last.end()).isEqualTo(Decoded.End.MAX_TOKENS);
    assertThat(session.length()).isEqualTo(before + 8);
    assertThat(begun).hasValue(1);
    cancelled.await();
  }

  /** What else can be done with a session. */
  enum Other {
    APPEND,
    TRUNCATE,
    FORK,
    CLOSE,
    OTHER_SAMPLING,
    STOP;

    void doWith(Session session) throws InterruptedException {
      switch (this) {
        case APPEND -> session.append(" and");
        case TRUNCATE -> session.truncate(session.length() - 1);
        case FORK -> session.fork().close();
        case CLOSE -> session.close();
        case OTHER_SAMPLING ->
            session.decode(DecodeRequest.upTo(1, Sampling.at(0.5, 1)), token -> {});
        case STOP ->
            session.decode(
                DecodeRequest.upTo(9, Sampling.GREEDY).withStop(token -> true), token -> {});
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Other.class)
  void whateverElseIsDoneCancelsIt(Other other) throws InterruptedException {
    write(3, 100);

    other.doWith(session);

    cancelled.await();
    if (other != Other.CLOSE) {
      int before = begun.get();
      assertThat(text(write(2, 100))).isEqualTo("01");
      assertThat(begun).hasValue(before + 1);
    }
  }

  @Test
  void aStreamThatBreaksInThePauseFailsTheNextDecodeAfterWhatCame() throws Exception {
    server.completions(
        out -> {
          out.write(SocketServer.EVENTS.getBytes(UTF_8));
          for (int i = 0; i < 4; i++) {
            write(out, i);
          }
        });
    write(3, 100);
    int before = session.length();

    assertThatThrownBy(() -> write(5, 97))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("ended the stream in the middle");
    assertThat(session.length()).isEqualTo(before + 1);
    server.completions(this::writeOn);
    assertThat(text(write(2, 96))).isEqualTo("01");
  }

  @Test
  void aServerThatFallsSilentInThePauseHasItsTimeFromTheNextDecodeOn() throws Exception {
    server.completions(
        out -> {
          out.write(SocketServer.EVENTS.getBytes(UTF_8));
          write(out, 0);
          Thread.sleep(600_000);
        });
    write(1, 100);

    assertThatThrownBy(() -> write(1, 99)).hasMessageEndingWith("#m was silent for 1.5 s");
  }

  @Test
  void anInterruptEndsADecodeThatWasTakenUp() throws Exception {
    server.completions(
        out -> {
          out.write(SocketServer.EVENTS.getBytes(UTF_8));
          write(out, 0);
          Thread.sleep(600_000);
        });
    write(1, 100);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> write(1, 99)).isInstanceOf(InterruptedException.class);
    server.completions(this::writeOn);
    assertThat(text(write(2, 99))).isEqualTo("01");
  }

  @Test
  void aRequestThatWasAtItsEndIsFollowedByAnother() throws InterruptedException {
    server.completions(
        out -> {
          begun.incrementAndGet();
          out.write(SocketServer.EVENTS.getBytes(UTF_8));
          write(out, 0);
          out.write(
              "data: {\"choices\":[{\"text\":\"\",\"index\":0,\"finish_reason\":\"length\"}]}\n\n"
                  .getBytes(UTF_8));
        });

    assertThat(text(write(1, 100))).isEqualTo("0");
    assertThat(text(write(1, 99))).isEqualTo("0");
    assertThat(begun).hasValue(2);
  }

  /** Decodes so many tokens, then pauses. */
  private Decoded write(int tokens, int most) throws InterruptedException {
    StopCondition pause =
        new StopCondition() {
          private int left = tokens;

          @Override
          public boolean stopAfter(Token token) {
            return --left == 0;
          }

          @Override
          public boolean pauses() {
            return true;
          }
        };
    return session.decode(DecodeRequest.upTo(most, Sampling.GREEDY).withStop(pause), token -> {});
  }

  private static String text(Decoded decoded) {
    StringBuilder text = new StringBuilder();
    decoded.tokens().forEach(token -> text.append(token.text()));
    return text.toString();
  }
}
