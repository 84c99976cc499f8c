package dev.splitreason.core.policy;

/**
 * What a policy needs of the models beyond writing.
 *
 * @param entropy the small model tells the entropy of its next token
 * @param smallScores the small model scores
 * @param largeScores the large model scores
 */
public record Needs(boolean entropy, boolean smallScores, boolean largeScores) {

  /** Nothing. */
  public static final Needs NOTHING = new Needs(false, false, false);
}
