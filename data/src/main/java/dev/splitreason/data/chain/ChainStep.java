package dev.splitreason.data.chain;

import dev.splitreason.data.tagged.Span;
import org.jspecify.annotations.Nullable;

/**
 * One step of a chain problem.
 *
 * @param operation what is done with the state
 * @param operand 00 … 99; of a multiplication 11 … 99
 */
public record ChainStep(Operation operation, int operand) {

  /** What a step does. */
  public enum Operation {
    ADD("Add", '+'),
    SUBTRACT("Subtract", '-'),
    MULTIPLY("Multiply by", '*');

    private final String words;
    private final char sign;

    Operation(String words, char sign) {
      this.words = words;
      this.sign = sign;
    }
  }

  public ChainStep {
    int least = operation == Operation.MULTIPLY ? 11 : 0;
    if (operand < least || operand > 99) {
      throw new IllegalArgumentException(
          operation + " takes an operand in " + least + " … 99, not " + operand);
    }
  }

  /** Whether the small model cannot learn it: a multiplication. */
  public boolean hard() {
    return operation == Operation.MULTIPLY;
  }

  /** The step in the question, as {@code Multiply by 48.} */
  String sentence() {
    return operation.words + " " + twoDigits(operand) + ".";
  }

  /** The step in the solution, as {@code 37*48=1776}. */
  String line(int state) {
    String result = hard() ? "%04d".formatted(state * operand) : twoDigits(after(state));
    return twoDigits(state) + operation.sign + twoDigits(operand) + "=" + result;
  }

  /**
   * Where the digits stand in {@link #line} that the small model cannot learn: the two middle ones
   * of a product. Null if there are none.
   */
  @Nullable Span hardDigits() {
    int product = "37*48=".length();
    return hard() ? new Span(product + 1, product + 3) : null;
  }

  /** The state after this step, 0 … 99. */
  int after(int state) {
    int result =
        switch (operation) {
          case ADD -> state + operand;
          case SUBTRACT -> state - operand;
          case MULTIPLY -> state * operand;
        };
    return Math.floorMod(result, 100);
  }

  static String twoDigits(int number) {
    return "%02d".formatted(number);
  }
}
