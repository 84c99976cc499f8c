package dev.splitreason.answers.check.symbolic;

import dev.splitreason.answers.check.symbolic.Question.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.matheclipse.core.eval.ExprEvaluator;
import org.matheclipse.core.interfaces.IExpr;

/**
 * Answers questions with Symja, in the process it runs in.
 *
 * <p>A difference is zero when it simplifies to 0, also under the rules of powers and logarithms of
 * positive numbers, or when it is below 10⁻⁴⁰ of either side in 50-digit arithmetic: at itself for
 * constants, at several points for formulas. Callers have ruled out what differs in plain floating
 * point.
 */
final class SymjaJudge {

  /**
   * Points where variables are tried; no simple ratios among them, so nothing cancels by chance.
   */
  private static final List<String> POINTS =
      List.of("17/10", "31/13", "5/7", "41/19", "23/29", "47/37", "3/11", "59/43");

  /** Points for factorials and the like, which are about whole numbers. */
  private static final List<String> WHOLE_POINTS =
      List.of("7", "12", "5", "9", "15", "8", "11", "6", "13", "10");

  /** Points for steps, which are flat between: near and far, whole and broken. */
  private static final List<String> STEP_POINTS =
      List.of(
          "7", "12", "29/3", "15", "100", "23", "57/2", "41", "143", "60", "217/4", "1001", "35",
          "77", "9999", "5", "18", "64", "89/6", "2310", "50", "97", "31", "360");

  private static final Pattern STEPS = Pattern.compile("Floor|Ceiling|Mod|GCD|LCM");

  private static final int TRIES = 4;
  private static final int WHOLE_TRIES = 10;
  private static final String DIGITS = "50";
  private static final String SMALL = "10^(-40)";
  private static final short NO_HISTORY = 1;

  private final ExprEvaluator symja = new ExprEvaluator(true, NO_HISTORY);

  Answer answer(Question question) {
    try {
      return switch (question.kind()) {
        case EQUAL -> isProved(question) || vanishes(question) ? Answer.YES : Answer.NO;
        case PROVED_EQUAL -> isProved(question) ? Answer.YES : Answer.NO;
        case PROPORTIONAL -> proportional(question);
      };
    } catch (RuntimeException | StackOverflowError beyondSymja) {
      return Answer.UNKNOWN;
    } finally {
      symja.clearVariables();
    }
  }

  private boolean isProved(Question question) {
    String difference = "(" + question.left() + "-" + question.right() + ")";
    return isZero("Simplify(" + difference + ")")
        || isZero("Simplify(PowerExpand(Together(" + difference + ")))");
  }

  private Answer proportional(Question question) {
    String ratio = "(" + question.left() + ")/(" + question.right() + ")";
    IExpr simplified = symja.eval("Simplify(Together(" + ratio + "))");
    for (String variable : question.variables()) {
      if (!isTrue("FreeQ(" + simplified + "," + variable + ")")) {
        return Answer.NO;
      }
    }
    if (isTrue("(" + simplified + ")>0")) {
      return Answer.POSITIVE;
    }
    return isTrue("(" + simplified + ")<0") ? Answer.NEGATIVE : Answer.NO;
  }

  private boolean isZero(String formula) {
    return symja.eval(formula).isZero();
  }

  private boolean vanishes(Question question) {
    List<String> variables = question.variables();
    boolean whole = isAboutWholeNumbers(question.left()) || isAboutWholeNumbers(question.right());
    boolean steps = STEPS.matcher(question.left() + question.right()).find();
    List<String> points = whole ? WHOLE_POINTS : steps ? STEP_POINTS : POINTS;
    int tries = variables.isEmpty() ? 1 : steps ? points.size() : whole ? WHOLE_TRIES : TRIES;
    for (int shift = 0; shift < tries; shift++) {
      IExpr left = valueAt(question.left(), variables, points, shift);
      IExpr right = valueAt(question.right(), variables, points, shift);
      String difference = "Abs(" + left + "-(" + right + "))";
      String scale = "Min(1,Max(Abs(" + left + "),Abs(" + right + ")))";
      if (!isTrue(difference + "==0") && !isTrue(difference + "<" + SMALL + "*" + scale)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAboutWholeNumbers(String formula) {
    return formula.contains("Factorial") || formula.contains("Binomial");
  }

  private IExpr valueAt(String formula, List<String> variables, List<String> points, int shift) {
    return symja.eval("N(" + at(formula, variables, points, shift) + "," + DIGITS + ")");
  }

  private static String at(String formula, List<String> variables, List<String> points, int shift) {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      rules.add(variables.get(i) + "->" + points.get((i + shift * 3) % points.size()));
    }
    return "(" + formula + "/.{" + String.join(",", rules) + "})";
  }

  private boolean isTrue(String condition) {
    return symja.eval(condition).isTrue();
  }
}
