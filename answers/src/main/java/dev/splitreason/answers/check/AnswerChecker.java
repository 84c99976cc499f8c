package dev.splitreason.answers.check;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Spelling;
import dev.splitreason.answers.check.rule.Comparison;
import dev.splitreason.answers.check.rule.Decision;
import dev.splitreason.answers.check.symbolic.SymbolicPool;

/**
 * Checks answers against reference answers: finds the answer in a response, reads it, and compares
 * what is said, not how it is written. Thread-safe.
 *
 * <p>Steps, each only when the one before did not decide: the same text, the same text in one
 * spelling, the same choice, then the rules of {@link Comparison}. Computer algebra comes last and
 * runs in processes of its own; the first one starts when it is first needed.
 */
public final class AnswerChecker implements AutoCloseable {

  private static final Verdict EMPTY = new Verdict(false, "empty");

  private final CheckLimits limits;
  private final SymbolicPool symbolic;

  /** A checker with {@link CheckLimits#DEFAULT}. */
  public AnswerChecker() {
    this(CheckLimits.DEFAULT);
  }

  /** A checker that costs no more than these limits. */
  public AnswerChecker(CheckLimits limits) {
    this.limits = limits;
    this.symbolic = new SymbolicPool(limits.symbolicWorkers(), limits.symbolicHeapMegabytes());
  }

  /**
   * Whether an answer equals a reference answer.
   *
   * @param gold the reference: a bare answer, or a response that marks one
   * @param answer the answer to be judged, likewise
   * @throws java.io.UncheckedIOException if no process can be started for computer algebra
   */
  public Verdict check(String gold, String answer) {
    if (gold.isBlank() || answer.isBlank()) {
      return EMPTY;
    }
    if (gold.strip().equals(answer.strip())) {
      return new Verdict(true, "exact");
    }
    AnswerReading reference = AnswerReading.of(gold);
    AnswerReading given = AnswerReading.of(answer);
    if (reference.text().isEmpty() || given.text().isEmpty()) {
      return EMPTY;
    }
    if (reference.extracted().equals(given.extracted())) {
      return new Verdict(true, "exact");
    }
    if (Spelling.key(reference.text()).equals(Spelling.key(given.text()))) {
      return new Verdict(true, "normalised");
    }
    Boolean choice = Choices.same(reference.extracted(), given.extracted(), answer);
    if (choice != null) {
      return new Verdict(choice, "choice");
    }
    String choiceText = Choices.text(reference.extracted());
    if (choiceText != null) {
      return check(choiceText, given.extracted());
    }
    if (reference.trees().isEmpty() || given.trees().isEmpty()) {
      return compareWords(reference, given);
    }
    return compare(reference, given);
  }

  private static Verdict compareWords(AnswerReading gold, AnswerReading answer) {
    String words = Spelling.words(gold.extracted());
    boolean equal = !words.isEmpty() && words.equals(Spelling.words(answer.extracted()));
    return new Verdict(equal, equal ? "text" : Comparison.NONE);
  }

  /**
   * Any two readings that agree make the answers equal; the likeliest ones say why they are not.
   */
  private Verdict compare(AnswerReading gold, AnswerReading answer) {
    Comparison comparison = new Comparison(symbolic, limits.symbolicTime());
    Decision first = null;
    for (Expression reference : gold.trees()) {
      for (Expression given : answer.trees()) {
        Decision decision = comparison.judge(reference, given);
        if (decision.equal() || decision.method().equals(Comparison.LIMIT)) {
          return new Verdict(decision.equal(), decision.method());
        }
        first = first == null ? decision : first;
      }
    }
    return first == null ? new Verdict(false, Comparison.NONE) : new Verdict(false, first.method());
  }

  /** Ends the processes for computer algebra; checks that need them fail from here on. */
  @Override
  public void close() {
    symbolic.close();
  }
}
