package dev.splitreason.core.batch;

import dev.splitreason.core.sampling.Sampling;

/**
 * Sees what a session's draws were made from. Called on the loop's thread while the session's
 * caller waits; what it throws fails the call.
 */
public interface DrawListener {

  /**
   * A decode drew a token, which is then written, or ends the text.
   *
   * @param position the token's index in the sequence
   * @param logits shape [vocabulary]; valid during the call
   */
  void wrote(int position, int id, float[] logits, Sampling sampling);

  /** A score drew a token at a position that an appended one may already have taken. */
  void looked(int position, int id, float[] logits, Sampling sampling);
}
