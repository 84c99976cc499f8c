package dev.splitreason.data.llm;

/** The next request might cost more than is left; the message is one line. */
public final class BudgetExhaustedException extends Exception {

  private static final long serialVersionUID = 1L;

  BudgetExhaustedException(String message) {
    super(message);
  }
}
