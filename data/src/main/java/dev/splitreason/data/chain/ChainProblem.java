package dev.splitreason.data.chain;

import dev.splitreason.data.tagged.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One problem of chain arithmetic: a state from 00 to 99 that goes through a chain of steps, modulo
 * 100.
 *
 * @param start the state at the beginning
 * @param steps in order, at least one
 */
public record ChainProblem(int start, List<ChainStep> steps) {

  public ChainProblem {
    steps = List.copyOf(steps);
    if (start < 0 || start > 99) {
      throw new IllegalArgumentException("a chain starts with 0 … 99, not " + start);
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least 1 step");
    }
  }

  /** The question, as {@code Start with 37. Multiply by 48. Give the last two digits.} */
  public String question() {
    return steps.stream()
        .map(ChainStep::sentence)
        .collect(
            Collectors.joining(
                " ",
                "Start with " + ChainStep.twoDigits(start) + ". ",
                " Give the last two digits."));
  }

  /** The last state, in two digits. */
  public String answer() {
    int state = start;
    for (ChainStep step : steps) {
      state = step.after(state);
    }
    return ChainStep.twoDigits(state);
  }

  /** The steps worked out, one a line; a product has four digits and its last two go on. */
  public List<String> workings() {
    var lines = new ArrayList<String>();
    int state = start;
    for (ChainStep step : steps) {
      lines.add(step.line(state));
      state = step.after(state);
    }
    return List.copyOf(lines);
  }

  /** The response a model learns to give: workings, then the answer in its box. */
  public String response() {
    return "<think>\n"
        + String.join("\n", workings())
        + "\n</think>\n<answer>\n\\boxed{"
        + answer()
        + "}\n</answer>";
  }

  /** Where the digits stand in {@link #response} that the small model cannot learn. */
  public List<Span> hardSpans() {
    List<Span> spans = new ArrayList<>();
    int line = "<think>\n".length();
    List<String> lines = workings();
    for (int i = 0; i < lines.size(); i++) {
      Span digits = steps.get(i).hardDigits();
      if (digits != null) {
        spans.add(new Span(line + digits.start(), line + digits.end()));
      }
      line += lines.get(i).length() + 1;
    }
    return List.copyOf(spans);
  }

  /** How many steps the small model cannot learn: the multiplications. */
  public int hardSteps() {
    return (int) steps.stream().filter(ChainStep::hard).count();
  }
}
