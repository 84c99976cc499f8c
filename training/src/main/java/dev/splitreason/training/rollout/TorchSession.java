package dev.splitreason.training.rollout;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One token sequence of a {@link TorchModel}, in a row of its cache.
 *
 * <p>Appending computes nothing: tokens wait until logits after them are wanted and then join one
 * pass, so that a prompt, or a span's tokens and the tag behind it, cost no pass of their own. A
 * decode hands its tokens to the consumer when it ends; rollouts have nobody to stream to.
 *
 * <p>The fields belong to the caller's thread between two calls and to the loop's during one.
 */
final class TorchSession implements Session {

  private final TorchModel model;
  private final BatchLoop loop;
  private final int row;
  private final @Nullable DrawLog log;
  private int[] tokens = new int[128];
  private int length;
  private int evaluated;
  private float @Nullable [] lastLogits;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Work current;

  TorchSession(TorchModel model, BatchLoop loop, int row, @Nullable DrawLog log) {
    this.model = model;
    this.loop = loop;
    this.row = row;
    this.log = log;
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
  public void append(int... run) {
    requireOpen();
    add(run);
  }

  @Override
  public void append(String text) {
    append(tokenizer().tokenize(text));
  }

  @Override
  public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
      throws InterruptedException {
    requireText();
    if (full()) {
      return new Decoded(List.of(), Decoded.End.CONTEXT_FULL);
    }
    Work.Decode work = new Work.Decode(this, request);
    await(work);
    work.written().forEach(onToken);
    return new Decoded(work.written(), work.end());
  }

  @Override
  public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
    requireText();
    float[] before = lastLogits();
    Work.Score work = new Work.Score(this, request, run, before);
    await(work);
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
    evaluated = Math.min(evaluated, newLength);
    record();
  }

  @Override
  public Session fork() throws InterruptedException {
    requireOpen();
    TorchSession copy = new TorchSession(model, loop, loop.takeRow(), null);
    copy.tokens = Arrays.copyOf(tokens, tokens.length);
    copy.length = length;
    copy.evaluated = evaluated;
    copy.lastLogits = lastLogits;
    try {
      loop.copyRow(row, copy.row);
    } catch (InterruptedException | RuntimeException e) {
      copy.close(); // nobody will close a copy that comes too late
      throw e;
    }
    return copy;
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
    loop.release(row);
  }

  /** Hands the fields to the loop, and waits until it hands them back, whatever happens here. */
  private void await(Work work) throws InterruptedException {
    requireOpen();
    current = work;
    try {
      loop.submit(work);
      work.await();
    } finally {
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

  // ---- the loop's side ----

  int row() {
    return row;
  }

  @Nullable DrawLog log() {
    return log;
  }

  Tokenizer tokenizer() {
    return model.tokenizer();
  }

  int token(int index) {
    return tokens[index];
  }

  /** The tokens from … to - 1. */
  int[] tokens(int from, int to) {
    return Arrays.copyOfRange(tokens, from, to);
  }

  /** The sequence, of which the first {@link #length} count. */
  int[] sequence() {
    return tokens;
  }

  /** How many tokens the cache holds. */
  int evaluated() {
    return evaluated;
  }

  void evaluatedTo(int position) {
    evaluated = position;
  }

  /** Makes the logits after the token before {@code position} be computed again, if need be. */
  void forgetFrom(int position) {
    evaluated = Math.min(evaluated, position);
  }

  boolean full() {
    return length >= model.info().contextLength();
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
    if (run.length > 0) {
      lastLogits = null;
    }
    record();
  }

  private void record() {
    if (log != null) {
      log.sequence(tokens, length);
    }
  }

  /** The logits after the last token, if they are known. */
  float @Nullable [] lastLogits() {
    return evaluated == length ? lastLogits : null;
  }

  void keepLogits(float[] logits) {
    lastLogits = logits.clone();
  }
}
