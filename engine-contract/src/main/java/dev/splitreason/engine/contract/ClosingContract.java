package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Interrupting a call ends it; closing a session or a model ends all it does, at once. */
public interface ClosingContract extends ModelUnderTest {

  @Test
  default void anInterruptEndsADecodeAndTheSessionCanGoOn() throws Exception {
    try (Session session = opened(prompt())) {
      int start = session.length();
      EndlessDecode decode = new EndlessDecode(session, this);
      decode.thread.interrupt();
      assertThat(decode.thrown()).isInstanceOf(InterruptedException.class);
      session.truncate(start);
      assertThat(decode(session, 10, steady())).isEqualTo(decode(prompt(), 10, steady()));
    }
  }

  @Test
  default void closingASessionEndsItsDecode() throws Exception {
    Session session = opened(prompt());
    EndlessDecode decode = new EndlessDecode(session, this);
    session.close();
    assertThat(decode.thrown()).isInstanceOf(ModelException.class);
  }

  @Test
  default void aClosedSessionRefusesEverything() throws Exception {
    Session session = opened(prompt());
    session.close();
    session.close();
    assertThatThrownBy(() -> passage(2, 5).appendTo(session))
        .isInstanceOf(ModelException.class)
        .hasMessage("the session is closed");
    assertThatThrownBy(() -> decode(session, 1, steady())).hasMessage("the session is closed");
    assertThatThrownBy(session::fork).hasMessage("the session is closed");
  }

  @Test
  default void closingTheModelEndsEverything() throws Exception {
    LanguageModel closing = anotherModel();
    String name = closing.info().name();
    Session session = closing.open();
    prompt().appendTo(session);
    closing.close();
    closing.close();
    assertThatThrownBy(() -> decode(session, 10, steady()))
        .isInstanceOf(ModelException.class)
        .hasMessage(name + " is closed");
    assertThatThrownBy(closing::open)
        .isInstanceOf(ModelException.class)
        .hasMessage(name + " is closed");
    session.close();
  }

  /** A thread that decodes in a session until something ends it. */
  final class EndlessDecode {

    private final Thread thread;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();

    /** Returns when the first token has come. */
    EndlessDecode(Session session, ModelUnderTest test) throws InterruptedException {
      int start = session.length();
      DecodeRequest request =
          DecodeRequest.upTo(150, test.steady())
              .withStop(
                  token -> {
                    begun.countDown();
                    return false;
                  });
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        session.decode(request, token -> {});
                        session.truncate(start);
                      }
                    } catch (ModelException | InterruptedException e) {
                      thrown.set(e);
                    }
                  });
      begun.await();
    }

    Throwable thrown() throws InterruptedException {
      thread.join();
      return thrown.get();
    }
  }
}
