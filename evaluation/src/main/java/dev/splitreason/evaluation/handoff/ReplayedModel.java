package dev.splitreason.evaluation.handoff;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A model that computes what it is asked for, and then writes what a script says. Its passes are
 * those of real decoding, since they cost the same whatever the tokens are.
 *
 * @param model what computes; closed by whoever opened it
 * @param prompt tokens before the script
 * @param script what it writes
 */
record ReplayedModel(LanguageModel model, int prompt, int[] script, Passes passes)
    implements LanguageModel {

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public Capabilities capabilities() {
    return model.capabilities();
  }

  @Override
  public Tokenizer tokenizer() {
    return Objects.requireNonNull(model.tokenizer());
  }

  @Override
  public Session open() {
    return new ReplayedSession(model.open());
  }

  @Override
  public void close() {}

  /** The token at a place of a sequence; -1 behind the script. */
  private int at(int place) {
    return place - prompt < script.length ? script[place - prompt] : -1;
  }

  private final class ReplayedSession implements Session {

    private final Session session;

    ReplayedSession(Session session) {
      this.session = session;
    }

    @Override
    public LanguageModel model() {
      return ReplayedModel.this;
    }

    @Override
    public int length() {
      return session.length();
    }

    @Override
    public void append(int... run) throws InterruptedException {
      session.append(run);
      // The last token joins the next pass.
      if (run.length > 1) {
        passes.add(run.length - 1);
      }
    }

    @Override
    public void append(String text) throws InterruptedException {
      append(tokenizer().tokenize(text));
    }

    @Override
    public void background(boolean background) {
      session.background(background);
    }

    @Override
    public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
        throws InterruptedException {
      List<Token> written = new ArrayList<>();
      while (true) {
        int length = session.length();
        session.decode(DecodeRequest.upTo(1, request.sampling()), token -> {});
        passes.add(1);
        session.truncate(length);
        int id = at(length);
        if (id < 0) {
          return new Decoded(written, Decoded.End.END_OF_TEXT);
        }
        session.append(id);
        Token token = tokenizer().token(id);
        written.add(token);
        onToken.accept(token);
        if (request.stop().stopAfter(token)) {
          return new Decoded(written, Decoded.End.STOPPED);
        }
        if (written.size() == request.maxTokens()) {
          return new Decoded(written, Decoded.End.MAX_TOKENS);
        }
      }
    }

    @Override
    public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
      int start = session.length();
      Scores scores = session.score(run, request);
      passes.add(run.length);
      int[] drawn = scores.drawn().clone();
      for (int i = 0; i < drawn.length; i++) {
        int id = at(start + i);
        drawn[i] = id < 0 ? drawn[i] : id;
      }
      return new Scores(scores.logProbs(), scores.watched(), scores.entropy(), drawn);
    }

    @Override
    public void truncate(int length) {
      session.truncate(length);
    }

    @Override
    public Session fork() throws InterruptedException {
      return new ReplayedSession(session.fork());
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
