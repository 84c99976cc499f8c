package dev.splitreason.core.prompt;

import dev.splitreason.core.prompt.Prompt.Part;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a prompt leaves the reader: before its thinking, in it, or behind it. Templates differ:
 * R1's open {@code <think>} themselves, Qwen3's leave that to the model or, told not to think, open
 * and close it. Two models that write one answer must both begin at the same place, or one of them
 * reads the other's thinking as the answer.
 */
public final class Thinking {

  /** What opens it. */
  public static final String OPEN = "<think>";

  private static final Pattern TAIL = Pattern.compile("<think>\\s*(</think>\\s*)?$");

  private Thinking() {}

  /** Whether a prompt ends within the reader's thinking. */
  public static boolean isOpen(Prompt prompt) {
    return state(tail(prompt)) == State.IN;
  }

  /**
   * A prompt for a model that goes on with an answer which another one began: it ends where that
   * one's does.
   *
   * @param first the prompt of the model that begins the answer
   * @param second the prompt of the one that goes on with it
   */
  public static Prompt alike(Prompt first, Prompt second) {
    String own = tail(second);
    String wanted = tail(first);
    State here = state(own);
    State there = state(wanted);
    if (here == there || (here != State.IN && there != State.IN)) {
      return second;
    }
    PromptBuilder prompt = new PromptBuilder();
    List<Part> parts = second.parts();
    for (Part part : parts.subList(0, parts.size() - 1)) {
      add(prompt, part, part.text());
    }
    Part last = parts.getLast();
    add(prompt, last, last.text().substring(0, last.text().length() - own.length()));
    return prompt.scaffold(wanted).build();
  }

  private static void add(PromptBuilder prompt, Part part, String text) {
    if (part.scaffold()) {
      prompt.scaffold(text);
    } else {
      prompt.text(text);
    }
  }

  private enum State {
    BEFORE,
    IN,
    BEHIND
  }

  private static State state(String tail) {
    return tail.isEmpty() ? State.BEFORE : tail.contains("</think>") ? State.BEHIND : State.IN;
  }

  /** The end of a prompt that is about thinking; only a template's own words are. */
  private static String tail(Prompt prompt) {
    if (prompt.parts().isEmpty() || !prompt.parts().getLast().scaffold()) {
      return "";
    }
    Matcher tail = TAIL.matcher(prompt.parts().getLast().text());
    return tail.find() ? tail.group() : "";
  }
}
