package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One token sequence of a {@link LlamaCppModel}.
 *
 * <p>The last token of the sequence stays unevaluated until something wants its logits, so it joins
 * the next batch instead of costing one: appending n tokens evaluates n - 1 of them. After a score,
 * whose last logits are known, a copy of them is kept, so that no position is ever evaluated twice.
 *
 * <p>The fields belong to the caller's thread between two calls and to the scheduler's during one;
 * the mailbox and the scheduler's queue hand them over.
 */
final class LlamaSession implements Session {

  private final LlamaCppModel model;
  private final Scheduler scheduler;
  private final int sequence;
  private int[] tokens;
  private int length;
  private int evaluated;
  private boolean stale;
  private float @Nullable [] lastLogits;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Work current;

  LlamaSession(LlamaCppModel model, Scheduler scheduler, int sequence) {
    this(model, scheduler, sequence, new int[64], 0);
  }

  private LlamaSession(
      LlamaCppModel model, Scheduler scheduler, int sequence, int[] tokens, int length) {
    this.model = model;
    this.scheduler = scheduler;
    this.sequence = sequence;
    this.tokens = tokens;
    this.length = length;
  }

  // ---- the caller's side ----

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void append(int... run) throws InterruptedException {
    if (run.length == 0) {
      return;
    }
    add(run);
    if (evaluated < length - 1) {
      await(new Work.Prefill(this), token -> {});
    }
  }

  @Override
  public void append(String text) throws InterruptedException {
    append(model.tokenizer().tokenize(text));
  }

  @Override
  public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
      throws InterruptedException {
    requireText();
    if (full()) {
      return new Decoded(List.of(), Decoded.End.CONTEXT_FULL);
    }
    List<Token> written = new ArrayList<>();
    Work.Decode work = new Work.Decode(this, request);
    await(
        work,
        token -> {
          written.add(token);
          onToken.accept(token);
        });
    Decoded.End end = work.end();
    if (end == null) {
      throw new AssertionError("a finished decode has an end");
    }
    return new Decoded(written, end);
  }

  @Override
  public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
    requireText();
    int start = length;
    float[] before = lastLogits();
    add(run);
    Work.Score work = new Work.Score(this, request, start, before);
    await(work, token -> {});
    return work.scores();
  }

  @Override
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(
          "a session of " + length + " tokens cannot be truncated to " + newLength);
    }
    if (newLength == length) {
      return;
    }
    length = newLength;
    lastLogits = null;
    dropEvaluatedFrom(newLength);
  }

  @Override
  public Session fork() throws InterruptedException {
    requireOpen();
    return scheduler.fork(this);
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
    scheduler.release(this);
  }

  /**
   * Hands the fields to the scheduler, and waits until it hands them back, whatever happens here.
   */
  private void await(Work work, Consumer<? super Token> onToken) throws InterruptedException {
    requireOpen();
    current = work;
    boolean ended = false;
    scheduler.submit(work);
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
      current = null;
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new ModelException(ModelException.Kind.UNAVAILABLE, "the session is closed");
    }
  }

  private void requireText() {
    if (length == 0) {
      throw new IllegalStateException("an empty session predicts nothing: append a prompt first");
    }
  }

  // ---- the scheduler's side ----

  int sequence() {
    return sequence;
  }

  LlamaVocabulary vocabulary() {
    return model.tokenizer();
  }

  int token(int index) {
    return tokens[index];
  }

  /** How many tokens the KV cache holds. */
  int evaluated() {
    return evaluated;
  }

  void evaluatedTo(int position) {
    evaluated = position;
  }

  /**
   * Whether the KV cache still holds tokens from {@link #evaluated} on that must go before others
   * take their place.
   */
  boolean stale() {
    return stale;
  }

  void trimmed() {
    stale = false;
  }

  boolean full() {
    return length >= model.info().contextLength();
  }

  /** Drops what the KV cache holds from a position on. */
  void dropEvaluatedFrom(int position) {
    if (evaluated > position) {
      evaluated = position;
      stale = true;
    }
  }

  void add(int... run) {
    if (length + run.length > model.info().contextLength()) {
      throw new ModelException(
          ModelException.Kind.CONTEXT_OVERFLOW,
          (length + run.length)
              + " tokens do not fit the context of "
              + model.info().contextLength()
              + " tokens of "
              + model.info().name());
    }
    if (length + run.length > tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, length + run.length));
    }
    System.arraycopy(run, 0, tokens, length, run.length);
    length += run.length;
    lastLogits = null;
  }

  /** The logits after the last token, if they are known and the last token is evaluated. */
  float @Nullable [] lastLogits() {
    return evaluated == length ? lastLogits : null;
  }

  void keepLogits(float[] logits) {
    lastLogits = logits.clone();
  }

  int draw(float[] logits, Sampling sampling, int position, Sampler sampler) {
    return sampler.draw(logits, sampling, position, tokens, position);
  }

  /** A session that shares this one's evaluated tokens under another sequence. */
  LlamaSession copyAs(int otherSequence) {
    LlamaSession copy =
        new LlamaSession(
            model, scheduler, otherSequence, Arrays.copyOf(tokens, tokens.length), length);
    copy.evaluated = evaluated;
    copy.lastLogits = lastLogits;
    return copy;
  }
}
