package dev.splitreason.core.batch;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One token sequence, computed by a {@link BatchLoop} beside those of other sessions. */
public final class BatchSession implements Session {

  private final LanguageModel model;
  private final BatchLoop loop;
  private final Sequence sequence;
  private final @Nullable DrawListener draws;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Work current;

  BatchSession(
      LanguageModel model, BatchLoop loop, Sequence sequence, @Nullable DrawListener draws) {
    this.model = model;
    this.loop = loop;
    this.sequence = sequence;
    this.draws = draws;
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public int length() {
    return sequence.length();
  }

  /** The tokens of the sequence, after closing the last ones. */
  public int[] tokens() {
    return Arrays.copyOf(sequence.tokens(), sequence.length());
  }

  @Override
  public void append(int... run) throws InterruptedException {
    requireOpen();
    sequence.add(run);
    boolean pending = sequence.evaluated() < sequence.length() - 1;
    if (pending && loop.appending() == Appending.PREFILLS) {
      await(new Prefill(sequence), token -> {});
    }
  }

  @Override
  public void append(String text) throws InterruptedException {
    append(loop.tokenizer().tokenize(text));
  }

  @Override
  public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
      throws InterruptedException {
    requireText();
    if (sequence.full()) {
      return new Decoded(List.of(), Decoded.End.CONTEXT_FULL);
    }
    List<Token> written = new ArrayList<>();
    Decode work = new Decode(sequence, request, loop.tokenizer(), draws);
    await(
        work,
        token -> {
          written.add(token);
          onToken.accept(token);
        });
    return new Decoded(written, work.end());
  }

  @Override
  public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
    requireText();
    Score work = new Score(sequence, run, request, draws);
    await(work, token -> {});
    return work.scores();
  }

  @Override
  public void truncate(int length) {
    sequence.truncate(length);
  }

  @Override
  public Session fork() throws InterruptedException {
    requireOpen();
    return new BatchSession(model, loop, loop.fork(sequence), null);
  }

  @Override
  public void background(boolean background) {
    sequence.setBackground(background);
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    Work work = current;
    if (work != null) {
      work.cancel();
    }
    loop.release(sequence);
  }

  /** Hands the sequence to the loop, and waits until it hands it back, whatever happens here. */
  private void await(Work work, Consumer<? super Token> onToken) throws InterruptedException {
    requireOpen();
    current = work;
    loop.submit(work);
    try {
      receive(work, onToken);
    } finally {
      current = null;
    }
  }

  private static void receive(Work work, Consumer<? super Token> onToken)
      throws InterruptedException {
    boolean ended = false;
    try {
      while (!ended) {
        Work.Message message = work.mailbox.take();
        ended = !(message instanceof Work.Message.Written);
        switch (message) {
          case Work.Message.Written(Token token) -> onToken.accept(token);
          case Work.Message.Finished() -> {}
          case Work.Message.Failed(RuntimeException because) -> throw because;
        }
      }
    } finally {
      if (!ended) {
        work.cancel();
        work.awaitEnd();
      }
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new ModelException(ModelException.Kind.UNAVAILABLE, "the session is closed");
    }
  }

  private void requireText() {
    if (length() == 0) {
      throw new IllegalStateException("an empty session predicts nothing: append a prompt first");
    }
  }
}
