package dev.splitreason.server.answer;

import dev.splitreason.server.limit.Caller;
import org.jspecify.annotations.Nullable;

/** Keeps finished answers so that they can be found again. Called on the answers' threads. */
@FunctionalInterface
public interface AnswerKeeper {

  /** Keeps nothing. */
  AnswerKeeper NONE = (caller, question, answered) -> null;

  /**
   * An answer has ended.
   *
   * @return by which id it is found; null if it is not kept
   */
  @Nullable String keep(Caller caller, Question question, Answered answered);
}
