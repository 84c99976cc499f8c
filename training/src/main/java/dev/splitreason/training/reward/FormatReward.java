package dev.splitreason.training.reward;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.tag.TagStructure;

/**
 * Format (arXiv 2504.16379, section 3): half a point for the scaffold, half a point for the tags.
 *
 * <ul>
 *   <li>Scaffold: the response ended by itself and is {@code <think>…</think><answer>…</answer>}
 *       with each mark once and only white space around and between the two blocks. Where the
 *       prompt ends inside the reasoning, the response has no {@code <think>} of its own.
 *   <li>Tags: every open tag is closed, every close tag has an open one, and spans do not nest.
 * </ul>
 *
 * @param promptOpensThinking whether the prompt already has the {@code <think>}
 * @param tags how the tags are spelled
 */
public record FormatReward(boolean promptOpensThinking, TagSpelling tags) implements Reward {

  private static final String[] MARKS = {"<think>", "</think>", "<answer>", "</answer>"};

  @Override
  public double of(Completion completion) {
    double scaffold = completion.ended() && scaffolded(completion.text()) ? 0.5 : 0;
    double paired = TagStructure.of(completion.text(), tags).sound() ? 0.5 : 0;
    return scaffold + paired;
  }

  private boolean scaffolded(String response) {
    String text = tags.strip(response);
    String whole = promptOpensThinking ? MARKS[0] + text : text.strip();
    int[] places = new int[MARKS.length];
    for (int i = 0; i < MARKS.length; i++) {
      places[i] = whole.indexOf(MARKS[i]);
      boolean once = places[i] >= 0 && whole.indexOf(MARKS[i], places[i] + 1) < 0;
      if (!once || (i > 0 && places[i] < places[i - 1])) {
        return false;
      }
    }
    return places[0] == 0
        && whole.substring(places[1] + MARKS[1].length(), places[2]).isBlank()
        && whole.substring(places[3] + MARKS[3].length()).isBlank();
  }
}
