package dev.splitreason.training.rollout;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Distribution;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a session asks the {@link BatchLoop} for: to compute the logits after its last tokens, and
 * what to do with them. The loop's thread runs it while the caller waits.
 */
abstract sealed class Work {

  final TorchSession session;
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private volatile boolean cancelled;

  private Work(TorchSession session) {
    this.session = session;
  }

  /** Takes over the session; the loop computes nothing if the work is done with this. */
  abstract void begin(Sampler sampler);

  /** The logits after tokens from this index on are wanted. */
  abstract int logitsFrom();

  /** Takes the logits after the token at an index; called in order of the index. */
  abstract void onLogits(int index, float[] logits, Sampler sampler);

  /** Called when all tokens of the session are computed. */
  abstract void onTarget();

  final void cancel() {
    cancelled = true;
  }

  final boolean cancelled() {
    return cancelled;
  }

  final boolean finished() {
    return done.isDone();
  }

  final void finish() {
    done.complete(null);
  }

  final void fail(RuntimeException because) {
    done.completeExceptionally(because);
  }

  /** Waits for the end; when interrupted, cancels and still waits for it. */
  final void await() throws InterruptedException {
    try {
      done.get();
    } catch (InterruptedException e) {
      cancel();
      try {
        done.join();
      } catch (RuntimeException ended) {
        e.addSuppressed(ended);
      }
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError("a work fails with nothing else", e);
    }
  }

  /** Draws tokens one after another. */
  static final class Decode extends Work {
    private final DecodeRequest request;
    private final List<Token> written = new ArrayList<>();
    private Decoded.@Nullable End end;

    Decode(TorchSession session, DecodeRequest request) {
      super(session);
      this.request = request;
    }

    List<Token> written() {
      return written;
    }

    Decoded.End end() {
      return Objects.requireNonNull(end, "a finished decode has an end");
    }

    @Override
    void begin(Sampler sampler) {
      float[] known = session.lastLogits();
      if (known == null) {
        session.forgetFrom(session.length() - 1);
      } else {
        onLogits(session.length() - 1, known, sampler);
      }
    }

    @Override
    int logitsFrom() {
      return session.length() - 1;
    }

    @Override
    void onLogits(int index, float[] logits, Sampler sampler) {
      if (request.maxEntropy() < Double.POSITIVE_INFINITY
          && Distribution.of(logits).entropy() > request.maxEntropy()) {
        endBefore(logits, Decoded.End.UNCERTAIN);
        return;
      }
      Sampling sampling = request.sampling();
      int id = sampler.draw(logits, sampling, index + 1, session.sequence(), index + 1);
      boolean ends = session.tokenizer().endsText(id);
      DrawLog log = session.log();
      if (log != null) {
        log.wrote(index + 1, id, logits, sampling, ends);
      }
      if (ends) {
        endBefore(logits, Decoded.End.END_OF_TEXT);
        return;
      }
      session.add(id);
      Token token = session.tokenizer().token(id);
      written.add(token);
      if (request.stop().stopAfter(token)) {
        endWith(Decoded.End.STOPPED);
      } else if (written.size() == request.maxTokens()) {
        endWith(Decoded.End.MAX_TOKENS);
      } else if (session.full()) {
        endWith(Decoded.End.CONTEXT_FULL);
      }
    }

    @Override
    void onTarget() {
      // The logits after the token just drawn are wanted next; onLogits ends the work if not.
    }

    private void endBefore(float[] logits, Decoded.End end) {
      session.keepLogits(logits);
      endWith(end);
    }

    private void endWith(Decoded.End end) {
      this.end = end;
      finish();
    }
  }

  /** Appends a run and looks at every position of it. */
  static final class Score extends Work {
    private final ScoreRequest request;
    private final int[] run;
    private final int start;
    private final float @Nullable [] before;
    private final float[] logProbs;
    private final float[][] watched;
    private final float[] entropy;
    private final int[] drawn;

    /** {@code before} are the logits before the run, if known. */
    Score(TorchSession session, ScoreRequest request, int[] run, float @Nullable [] before) {
      super(session);
      this.request = request;
      this.run = run;
      this.start = session.length();
      this.before = before;
      this.logProbs = new float[request.logProbs() ? run.length : 0];
      this.watched = new float[request.watch().length == 0 ? 0 : run.length + 1][];
      this.entropy = new float[request.entropy() ? run.length + 1 : 0];
      this.drawn = new int[request.draw() == null ? 0 : run.length + 1];
    }

    Scores scores() {
      return new Scores(logProbs, watched, entropy, drawn);
    }

    @Override
    void begin(Sampler sampler) {
      session.add(run);
      if (before == null) {
        session.forgetFrom(start - 1);
        return;
      }
      onLogits(start - 1, before, sampler);
      if (run.length == 0) {
        finish();
      }
    }

    @Override
    int logitsFrom() {
      return start - 1;
    }

    @Override
    void onLogits(int index, float[] logits, Sampler sampler) {
      int position = index + 1 - start;
      boolean scoresRun = request.logProbs() && position < run.length;
      if (scoresRun || request.watch().length > 0 || request.entropy()) {
        look(position, logits, scoresRun);
      }
      Sampling draw = request.draw();
      if (draw != null) {
        drawn[position] = sampler.draw(logits, draw, index + 1, session.sequence(), index + 1);
        DrawLog log = session.log();
        if (log != null) {
          log.looked(index + 1, drawn[position], logits, draw);
        }
      }
      if (position == run.length) {
        session.keepLogits(logits);
      }
    }

    private void look(int position, float[] logits, boolean scoresRun) {
      Distribution distribution = Distribution.of(logits);
      if (scoresRun) {
        logProbs[position] = (float) distribution.logProb(logits[run[position]]);
      }
      if (request.watch().length > 0) {
        float[] values = new float[request.watch().length];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) distribution.logProb(logits[request.watch()[i]]);
        }
        watched[position] = values;
      }
      if (request.entropy()) {
        entropy[position] = (float) distribution.entropy();
      }
    }

    @Override
    void onTarget() {
      finish();
    }
  }
}
