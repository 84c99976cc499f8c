package dev.splitreason.server.answer;

/** Sees every finished answer, whoever asked. Called on the answers' threads. */
@FunctionalInterface
public interface AnswerObserver {

  /** An answer has ended. */
  void answered(Question question, Answered answered);
}
