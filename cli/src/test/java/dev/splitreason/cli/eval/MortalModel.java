package dev.splitreason.cli.eval;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real model that dies after a number of steps, as if its server were killed: every session that
 * is open then is lost, and no other opens until it has been asked often enough.
 */
final class MortalModel implements LanguageModel {

  private static final String GONE = "connection refused";

  private final LanguageModel model;
  private int stepsToLive;
  private int refusalsLeft;
  private int life;

  /**
   * A model with a death ahead.
   *
   * @param stepsToLive calls and tokens until it dies
   * @param refusals sessions that it then refuses, before it comes back for good
   */
  MortalModel(LanguageModel model, int stepsToLive, int refusals) {
    this.model = model;
    this.stepsToLive = stepsToLive;
    this.refusalsLeft = refusals;
  }

  synchronized boolean hasDied() {
    return stepsToLive <= 0;
  }

  private synchronized void step(int livedIn) {
    if (livedIn != life || --stepsToLive == 0) {
      life = 1;
      throw new ModelException(ModelException.Kind.UNAVAILABLE, GONE);
    }
  }

  @Override
  public Session open() {
    synchronized (this) {
      if (life == 1 && refusalsLeft > 0) {
        refusalsLeft--;
        throw new ModelException(ModelException.Kind.UNAVAILABLE, GONE);
      }
      return new MortalSession(model.open(), life);
    }
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public Capabilities capabilities() {
    return model.capabilities();
  }

  @Override
  public @Nullable Tokenizer tokenizer() {
    return model.tokenizer();
  }

  @Override
  public void close() {
    model.close();
  }

  private final class MortalSession implements Session {
    private final Session session;
    private final int livesIn;

    MortalSession(Session session, int livesIn) {
      this.session = session;
      this.livesIn = livesIn;
    }

    @Override
    public LanguageModel model() {
      return MortalModel.this;
    }

    @Override
    public int length() {
      return session.length();
    }

    @Override
    public void append(int... tokens) throws InterruptedException {
      step(livesIn);
      session.append(tokens);
    }

    @Override
    public void append(String text) throws InterruptedException {
      step(livesIn);
      session.append(text);
    }

    @Override
    public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
        throws InterruptedException {
      return session.decode(
          request,
          token -> {
            step(livesIn);
            onToken.accept(token);
          });
    }

    @Override
    public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
      step(livesIn);
      return session.score(run, request);
    }

    @Override
    public void truncate(int length) {
      session.truncate(length);
    }

    @Override
    public Session fork() throws InterruptedException {
      step(livesIn);
      return new MortalSession(session.fork(), livesIn);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
