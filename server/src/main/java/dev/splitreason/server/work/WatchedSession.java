package dev.splitreason.server.work;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import java.util.function.Consumer;

/** A session whose calls are timed, also those that fail. */
record WatchedSession(Session session, WatchedModel model) implements Session {

  /** Something that takes its time. */
  @FunctionalInterface
  private interface Call<T> {
    T run() throws InterruptedException;
  }

  @Override
  public int length() {
    return session.length();
  }

  @Override
  public void append(int... tokens) throws InterruptedException {
    timed(
        Work.Kind.PREFILL,
        () -> {
          session.append(tokens);
          return true;
        });
  }

  @Override
  public void append(String text) throws InterruptedException {
    timed(
        Work.Kind.PREFILL,
        () -> {
          session.append(text);
          return true;
        });
  }

  @Override
  public void settle() throws InterruptedException {
    timed(
        Work.Kind.PREFILL,
        () -> {
          session.settle();
          return true;
        });
  }

  @Override
  public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
      throws InterruptedException {
    return timed(Work.Kind.DECODE, () -> session.decode(request, onToken));
  }

  @Override
  public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
    return timed(Work.Kind.SCORE, () -> session.score(run, request));
  }

  @Override
  public void truncate(int length) {
    session.truncate(length);
  }

  @Override
  public Session fork() throws InterruptedException {
    return new WatchedSession(session.fork(), model);
  }

  @Override
  public void background(boolean background) {
    session.background(background);
  }

  @Override
  public void close() {
    session.close();
  }

  private <T> T timed(Work.Kind kind, Call<T> call) throws InterruptedException {
    long start = System.nanoTime();
    try {
      return call.run();
    } finally {
      model.log().note(model.author(), kind, start);
    }
  }
}
