package dev.splitreason.answers.check;

import dev.splitreason.answers.check.notation.Expression;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Quantity;
import dev.splitreason.answers.check.notation.Spelling;
import dev.splitreason.answers.check.notation.Units.Unit;
import dev.splitreason.answers.check.rule.Comparison;
import dev.splitreason.answers.check.rule.Decision;
import dev.splitreason.answers.check.symbolic.SymbolicPool;
import java.util.List;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

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
    AnswerReading reference = AnswerReading.ofReference(gold);
    AnswerReading given = AnswerReading.of(answer);
    if (reference.text().isEmpty() || given.text().isEmpty()) {
      return EMPTY;
    }
    Boolean choice = Choices.same(reference.extracted(), given.line(), answer);
    if (choice != null) {
      return new Verdict(choice, "choice");
    }
    if (reference.extracted().equals(given.extracted())) {
      return new Verdict(true, "exact");
    }
    if (Spelling.key(reference.text()).equals(Spelling.key(given.text()))) {
      return new Verdict(true, "normalised");
    }
    String choiceText = Choices.text(reference.extracted());
    if (choiceText != null) {
      return check(choiceText, given.extracted());
    }
    if (saysTheSameWords(reference, given)) {
      return new Verdict(true, "text");
    }
    Verdict measured = compareMeasures(reference, given);
    if (measured != null) {
      return measured;
    }
    if (reference.trees().isEmpty() || given.trees().isEmpty()) {
      return new Verdict(false, Comparison.NONE);
    }
    return compare(reference, given);
  }

  /** Decides about times of day, and about quantities in units that differ. */
  private @Nullable Verdict compareMeasures(AnswerReading gold, AnswerReading answer) {
    if (gold.time() != null && answer.time() != null) {
      return new Verdict(gold.time().isSameAs(answer.time()), "time");
    }
    Quantity reference = gold.quantity();
    Quantity given = answer.quantity();
    if (reference == null || given == null) {
      return compareWithBare(gold, answer);
    }
    Unit unit = reference.unit();
    Unit other = given.unit();
    if (!unit.dimension().equals(other.dimension())) {
      // A forgotten square is overlooked, miles for hours are not.
      return unit.base().equals(other.base()) ? null : new Verdict(false, "unit");
    }
    boolean inParts = isInParts(reference) || isInParts(given);
    if (unit.equals(other) && !inParts) {
      return null;
    }
    Expression whole = amount(gold, reference);
    Expression part = amount(answer, given);
    if (whole == null || part == null) {
      return new Verdict(false, "unit");
    }
    Comparison comparison = new Comparison(symbolic, limits.symbolicTime());
    return new Verdict(comparison.judge(whole, part).equal(), "unit");
  }

  /**
   * Decides about a quantity beside a number without a unit: "2 hours 30 minutes" is 2.5 of its
   * largest unit, and 50 cents are 50 or 0.5.
   */
  private @Nullable Verdict compareWithBare(AnswerReading gold, AnswerReading answer) {
    Quantity quantity = gold.quantity() == null ? answer.quantity() : gold.quantity();
    List<Expression> bare = gold.quantity() == null ? gold.trees() : answer.trees();
    if (quantity == null || !(isInParts(quantity) || quantity.isCents())) {
      return null;
    }
    Expression amount = amount(gold.quantity() == null ? answer : gold, quantity);
    if (amount == null || bare.isEmpty()) {
      return isInParts(quantity) ? new Verdict(false, "unit") : null;
    }
    BigFraction whole = quantity.isCents() ? BigFraction.ONE : quantity.unit().factor();
    Expression number = new Product(List.of(bare.getFirst(), new Literal(whole, Literal.EXACT)));
    boolean equal = new Comparison(symbolic, limits.symbolicTime()).judge(number, amount).equal();
    return equal || isInParts(quantity) ? new Verdict(equal, "unit") : null;
  }

  private static boolean isInParts(@Nullable Quantity quantity) {
    return quantity != null && quantity.total() != null;
  }

  /** How much it is, in the first unit of its dimension. */
  private static @Nullable Expression amount(AnswerReading reading, Quantity quantity) {
    if (quantity.total() != null) {
      return new Literal(quantity.total(), Literal.EXACT);
    }
    return reading.trees().isEmpty()
        ? null
        : new Product(
            List.of(
                reading.trees().getFirst(), new Literal(quantity.unit().factor(), Literal.EXACT)));
  }

  /** Whether a reference in words, or one that is no mathematics, stands in the answer's words. */
  private static boolean saysTheSameWords(AnswerReading gold, AnswerReading answer) {
    boolean isWords = gold.trees().isEmpty() || gold.trees().getFirst() instanceof Expression.Words;
    String words = Spelling.words(gold.extracted());
    boolean missing = words.equals("dne");
    if (!isWords && !missing && !answer.trees().isEmpty()) {
      return false;
    }
    words = missing ? "does not exist" : words;
    return !words.isEmpty()
        && (words.equals(Spelling.words(answer.extracted())) || answer.phrases().contains(words));
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
