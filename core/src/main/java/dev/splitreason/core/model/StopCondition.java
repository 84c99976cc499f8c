package dev.splitreason.core.model;

/**
 * Decides after each token whether a decode ends there. Called by the engine between two tokens,
 * possibly on its own thread: it must be quick and must not block. It may keep state; one instance
 * serves one decode.
 */
@FunctionalInterface
public interface StopCondition {

  /** Goes on to the token budget or the end of the text. */
  StopCondition NEVER = token -> false;

  /** Whether to stop, keeping {@code token} as the last one. */
  boolean stopAfter(Token token);

  /**
   * Whether the stop is but a pause: the next decode is likely to go on from there in the same way.
   * Asked once, after {@link #stopAfter} said to stop. An engine may then keep at work what it
   * would have to start anew.
   */
  default boolean pauses() {
    return false;
  }
}
