package dev.splitreason.answers.check.rule;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.symbolic.Allowance;
import dev.splitreason.answers.check.symbolic.Question;
import dev.splitreason.answers.check.symbolic.SymbolicPool;
import dev.splitreason.answers.check.symbolic.SymjaSyntax;
import java.time.Duration;
import java.util.List;

/**
 * One comparison of two answers, with what it may cost. For one thread; a new one for every pair.
 */
public final class Comparison {

  /** The method of a verdict that no rule reached. */
  public static final String NONE = "none";

  /** The method of a verdict that was given up: too long, too large, too many items. */
  public static final String LIMIT = "limit";

  /** In this order: what something is comes before what it is worth. */
  private static final List<Rule> RULES =
      List.of(
          new SameRule(),
          new EquationRule(),
          new WordsRule(),
          new PlusMinusRule(),
          new IntervalRule(),
          new InequalityRule(),
          new ListRule(),
          new MatrixRule(),
          new RatioRule(),
          new BaseRule(),
          new MarkRule(),
          new NumberRule(),
          new ZeroRule(),
          new LogarithmRule(),
          new FormulaRule());

  /** Sets are compared each item with each: this bounds the work for hostile ones. */
  private static final int MOST_STEPS = 20_000;

  private final SymbolicPool symbolic;
  private final Allowance allowance;
  private int steps;

  /**
   * A comparison that may cost so much.
   *
   * @param symbolic answers what arithmetic cannot
   * @param limit the time it may take for that
   */
  public Comparison(SymbolicPool symbolic, Duration limit) {
    this.symbolic = symbolic;
    this.allowance = new Allowance(limit);
  }

  /** Whether an answer is the same as the reference, and who says so. */
  public Decision judge(Expression gold, Expression answer) {
    try {
      return decide(gold, answer);
    } catch (OutOfAllowance limit) {
      return new Decision(false, LIMIT);
    }
  }

  /** Decides about two answers, or two parts of answers. */
  Decision decide(Expression gold, Expression answer) {
    if (++steps > MOST_STEPS) {
      throw new OutOfAllowance();
    }
    for (Rule rule : RULES) {
      Decision decision = rule.decide(gold, answer, this);
      if (decision != null) {
        return decision;
      }
    }
    return new Decision(false, NONE);
  }

  boolean equal(Expression gold, Expression answer) {
    return decide(gold, answer).equal();
  }

  /** What the computer algebra system says about two formulas. */
  Question.Answer ask(Question.Kind kind, Expression left, Expression right) {
    SymjaSyntax syntax = new SymjaSyntax();
    String leftWritten = syntax.write(left);
    String rightWritten = syntax.write(right);
    if (leftWritten == null || rightWritten == null) {
      return Question.Answer.UNKNOWN;
    }
    Question question = new Question(kind, leftWritten, rightWritten, syntax.variables());
    Question.Answer answer = symbolic.ask(question, allowance);
    if (answer == Question.Answer.LIMIT) {
      throw new OutOfAllowance();
    }
    return answer;
  }

  /** Ends a comparison that met its limits. */
  private static final class OutOfAllowance extends RuntimeException {

    OutOfAllowance() {
      super("too costly to compare", null, false, false);
    }
  }
}
