package dev.splitreason.core.batch;

import dev.splitreason.core.model.ModelException;
import java.util.List;

/**
 * What computes: a model's weights, and the KV cache of its sequences, which are numbered from 0. A
 * sequence is empty at first.
 *
 * <p>Owned by a {@link BatchLoop}, which calls it on its own thread only.
 */
public interface Evaluator extends AutoCloseable {

  /**
   * The number of logits after a token; more than the tokenizer has tokens where they are padded.
   */
  int vocabularySize();

  /** How large a batch may be; always the same. */
  BatchLimits limits();

  /**
   * Whether a batch of a few tokens may cost more than as many of one, so that it is worth seeing
   * how many go together.
   */
  default boolean weighsBatches() {
    return false;
  }

  /**
   * Evaluates runs of different sequences, each of which goes on where its sequence ends in the
   * cache.
   *
   * @throws ModelException if the batch does not fit ({@link ModelException.Kind#OUT_OF_CAPACITY})
   *     or computing fails. The cache may then hold parts of it: the loop truncates every sequence
   *     to where its run began before it tries less at a time. Of a run alone, the message is what
   *     the user reads
   */
  void evaluate(List<Run> batch);

  /**
   * Nothing waits to be evaluated: what is held for a next batch that follows at once may go to
   * others.
   */
  default void rest() {}

  /**
   * Copies the logits after a token of the last batch, which must have asked for them.
   *
   * @param position the token's
   * @param row shape [vocabulary]
   */
  void logits(int sequence, int position, float[] row);

  /** Drops a sequence's tokens from position {@code length} on. */
  void truncate(int sequence, int length);

  /** Makes the empty sequence {@code to} a copy of the first {@code length} tokens of another. */
  void copy(int from, int to, int length);

  /** Frees the cache; nothing is called any more. */
  @Override
  void close();
}
