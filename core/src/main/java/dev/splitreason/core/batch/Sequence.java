package dev.splitreason.core.batch;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelInfo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A session's tokens, and how many of them the evaluator's cache holds.
 *
 * <p>The last token stays unevaluated until something wants its logits, so it joins the next batch
 * instead of costing one: appending n tokens evaluates n - 1 of them. Where the last logits were
 * looked at without a token written, as by a score, a copy of them is kept, so that no position is
 * ever evaluated twice.
 *
 * <p>Belongs to the caller's thread between two calls of a session and to the loop's during one;
 * the loop's queue and the work's mailbox hand it over.
 */
final class Sequence {

  private final int number;
  private final ModelInfo model;
  private int[] tokens;
  private int length;
  private int evaluated;
  private boolean stale;
  private float @Nullable [] lastLogits;
  private boolean released;
  private volatile boolean background;

  /** An empty one with this number in the evaluator. */
  Sequence(int number, ModelInfo model) {
    this.number = number;
    this.model = model;
    this.tokens = new int[64];
  }

  /** A copy, whose number in the evaluator must get the first {@link #evaluated} tokens. */
  Sequence(int number, Sequence source) {
    this.number = number;
    this.model = source.model;
    this.tokens = source.tokens.clone();
    this.length = source.length;
    this.evaluated = source.evaluated;
    this.lastLogits = source.lastLogits;
  }

  int number() {
    return number;
  }

  int length() {
    return length;
  }

  boolean full() {
    return length >= model.contextLength();
  }

  /** The tokens, of which the first {@link #length} count. */
  int[] tokens() {
    return tokens;
  }

  int token(int position) {
    return tokens[position];
  }

  void add(int... run) {
    if (length + run.length > model.contextLength()) {
      throw new ModelException(
          ModelException.Kind.CONTEXT_OVERFLOW,
          (length + run.length)
              + " tokens do not fit the context of "
              + model.contextLength()
              + " tokens of "
              + model.name());
    }
    if (length + run.length > tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, length + run.length));
    }
    System.arraycopy(run, 0, tokens, length, run.length);
    length += run.length;
    if (run.length > 0) {
      lastLogits = null;
    }
  }

  void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(
          "a session of " + length + " tokens cannot be truncated to " + newLength);
    }
    if (newLength < length) {
      length = newLength;
      lastLogits = null;
      forgetFrom(newLength);
    }
  }

  /** How many tokens the cache holds, but for what is {@link #stale}. */
  int evaluated() {
    return evaluated;
  }

  void evaluatedTo(int position) {
    evaluated = position;
  }

  /** Lets the tokens from a position on be evaluated again, if they were at all. */
  void forgetFrom(int position) {
    if (evaluated > position) {
      evaluated = position;
      stale = true;
    }
  }

  /** Whether the cache holds tokens beyond {@link #evaluated}, which must go before others come. */
  boolean stale() {
    return stale;
  }

  void trimmed() {
    stale = false;
  }

  /** Whether nobody waits for what is computed now; any thread may say so. */
  boolean background() {
    return background;
  }

  void setBackground(boolean background) {
    this.background = background;
  }

  /** Its number may be another sequence's from now on. Only the loop's thread asks. */
  void release() {
    released = true;
  }

  boolean released() {
    return released;
  }

  /** The logits after the last token, if they are known. */
  float @Nullable [] lastLogits() {
    return evaluated == length ? lastLogits : null;
  }

  void keepLogits(float[] logits) {
    lastLogits = logits.clone();
  }
}
