package dev.splitreason.engine.llamacpp.trial;

/** How a trial ended. */
public sealed interface TrialVerdict {

  /** Whether another trial would end the same way. */
  default boolean lasting() {
    return false;
  }

  /** It did all that it was to do, and lived. */
  record Survived() implements TrialVerdict {
    @Override
    public boolean lasting() {
      return true;
    }
  }

  /**
   * It ended its process.
   *
   * @param reason the assertion that failed, or how the process ended
   */
  record Ended(String reason) implements TrialVerdict {
    @Override
    public boolean lasting() {
      return true;
    }
  }

  /**
   * It was told no.
   *
   * @param reason a line for the user
   */
  record Refused(String reason) implements TrialVerdict {}

  /**
   * It took more time or memory than it was given.
   *
   * @param reason which, and how much that was
   */
  record Unfinished(String reason) implements TrialVerdict {}

  /**
   * There was none: no process could be started.
   *
   * @param reason why
   */
  record NotTried(String reason) implements TrialVerdict {}
}
