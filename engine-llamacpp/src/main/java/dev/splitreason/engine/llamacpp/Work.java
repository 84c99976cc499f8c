package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Distribution;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Something a session asks the {@link Scheduler} for: tokens to evaluate, and what to do with the
 * logits. The scheduler's thread runs it; the caller waits at {@link #mailbox}.
 */
abstract sealed class Work {

  /** What a caller waits for: tokens of a decode, then one last message. */
  sealed interface Message {
    record Written(Token token) implements Message {}

    record Finished() implements Message {}

    record Failed(RuntimeException because) implements Message {}
  }

  final LlamaSession session;
  final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
  private volatile boolean cancelled;
  private boolean finished;

  private Work(LlamaSession session) {
    this.session = session;
  }

  /** The session's tokens up to here must be evaluated next. */
  abstract int target();

  /**
   * The logits after the session's last evaluated token, if they are wanted and known from before;
   * null if they must be computed, for which that token is made unevaluated again where need be.
   */
  abstract float @Nullable [] knownLogits();

  /** The logits of tokens from this index on are wanted. */
  abstract int logitsFrom();

  /** Takes the logits that follow the token at an index; called in order of the index. */
  abstract void onLogits(int index, float[] logits, Sampler sampler);

  /** Called when everything up to {@link #target} is evaluated. */
  abstract void onTarget();

  final void cancel() {
    cancelled = true;
  }

  final boolean cancelled() {
    return cancelled;
  }

  final boolean finished() {
    return finished;
  }

  /** Waits for the last message, interrupted or not; an interrupt stays pending. */
  final void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        if (!(mailbox.take() instanceof Message.Written)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  final void finish() {
    end(new Message.Finished());
  }

  final void fail(RuntimeException because) {
    end(new Message.Failed(because));
  }

  private void end(Message last) {
    if (!finished) {
      finished = true;
      mailbox.add(last);
    }
  }

  /** Evaluates all of a session's tokens but the last, whose logits nobody may ever want. */
  static final class Prefill extends Work {
    Prefill(LlamaSession session) {
      super(session);
    }

    @Override
    int target() {
      return session.length() - 1;
    }

    @Override
    float @Nullable [] knownLogits() {
      return null;
    }

    @Override
    int logitsFrom() {
      return Integer.MAX_VALUE;
    }

    @Override
    void onLogits(int index, float[] logits, Sampler sampler) {
      throw new AssertionError("prefilling asks for no logits");
    }

    @Override
    void onTarget() {
      finish();
    }
  }

  /** Draws tokens one after another. */
  static final class Decode extends Work {
    private final DecodeRequest request;
    private int written;
    private Decoded.@Nullable End end;

    Decode(LlamaSession session, DecodeRequest request) {
      super(session);
      this.request = request;
    }

    /** Why it ended, once it has. */
    Decoded.@Nullable End end() {
      return end;
    }

    @Override
    int target() {
      return session.length();
    }

    @Override
    float @Nullable [] knownLogits() {
      float[] known = session.lastLogits();
      if (known == null) {
        session.dropEvaluatedFrom(session.length() - 1);
      }
      return known;
    }

    @Override
    int logitsFrom() {
      return session.length() - 1;
    }

    @Override
    void onLogits(int index, float[] logits, Sampler sampler) {
      if (request.maxEntropy() < Double.POSITIVE_INFINITY
          && Distribution.of(logits).entropy() > request.maxEntropy()) {
        // Whoever writes here instead may find the small model certain again without a token in
        // between.
        session.keepLogits(logits);
        finishAt(Decoded.End.UNCERTAIN);
        return;
      }
      int id = session.draw(logits, request.sampling(), index + 1, sampler);
      if (session.vocabulary().endsText(id)) {
        session.keepLogits(logits);
        finishAt(Decoded.End.END_OF_TEXT);
        return;
      }
      session.add(id);
      written++;
      Token token = session.vocabulary().token(id);
      mailbox.add(new Message.Written(token));
      if (request.stop().stopAfter(token)) {
        finishAt(Decoded.End.STOPPED);
      } else if (written == request.maxTokens()) {
        finishAt(Decoded.End.MAX_TOKENS);
      } else if (session.full()) {
        finishAt(Decoded.End.CONTEXT_FULL);
      }
    }

    @Override
    void onTarget() {
      // The next token's logits are wanted next; onLogits has finished the work if not.
    }

    private void finishAt(Decoded.End end) {
      this.end = end;
      finish();
    }
  }

  /** Evaluates a run that was just appended and looks at every position of it. */
  static final class Score extends Work {
    private final ScoreRequest request;
    private final int start;
    private final int length;
    private final float @Nullable [] before;
    private final float[] logProbs;
    private final float[][] watched;
    private final float[] entropy;
    private final int[] drawn;

    /**
     * For the run that begins at token {@code start} of the session and reaches to its end; {@code
     * before} are the logits before it, if known.
     */
    Score(LlamaSession session, ScoreRequest request, int start, float @Nullable [] before) {
      super(session);
      this.before = before;
      this.request = request;
      this.start = start;
      this.length = session.length() - start;
      this.logProbs = new float[request.logProbs() ? length : 0];
      this.watched = new float[request.watch().length == 0 ? 0 : length + 1][];
      this.entropy = new float[request.entropy() ? length + 1 : 0];
      this.drawn = new int[request.draw() == null ? 0 : length + 1];
    }

    Scores scores() {
      return new Scores(logProbs, watched, entropy, drawn);
    }

    @Override
    int target() {
      return session.length();
    }

    @Override
    float @Nullable [] knownLogits() {
      if (before == null) {
        session.dropEvaluatedFrom(start - 1);
      }
      return before;
    }

    @Override
    int logitsFrom() {
      return start - 1;
    }

    @Override
    void onLogits(int index, float[] logits, Sampler sampler) {
      int position = index + 1 - start;
      boolean scoresRun = request.logProbs() && position < length;
      if (scoresRun || request.watch().length > 0 || request.entropy()) {
        Distribution distribution = Distribution.of(logits);
        if (scoresRun) {
          logProbs[position] = (float) distribution.logProb(logits[session.token(index + 1)]);
        }
        if (request.watch().length > 0) {
          watched[position] = watched(distribution, logits);
        }
        if (request.entropy()) {
          entropy[position] = (float) distribution.entropy();
        }
      }
      Sampling draw = request.draw();
      if (draw != null) {
        drawn[position] = session.draw(logits, draw, index + 1, sampler);
      }
      if (position == length) {
        session.keepLogits(logits);
      }
    }

    private float[] watched(Distribution distribution, float[] logits) {
      float[] values = new float[request.watch().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) distribution.logProb(logits[request.watch()[i]]);
      }
      return values;
    }

    @Override
    void onTarget() {
      finish();
    }
  }
}
