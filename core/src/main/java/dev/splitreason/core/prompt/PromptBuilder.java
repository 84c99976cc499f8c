package dev.splitreason.core.prompt;

import dev.splitreason.core.prompt.Prompt.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a prompt together. Neighbours of one kind become one part, and empty pieces none, so that
 * text is tokenised in runs as long as those a model saw in training.
 */
final class PromptBuilder {

  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private boolean scaffold;

  /** Adds a template's own words, in which control tokens are meant. */
  PromptBuilder scaffold(String text) {
    return add(text, true);
  }

  /** Adds words in which nothing is a control token. */
  PromptBuilder text(String text) {
    return add(text, false);
  }

  Prompt build() {
    endRun();
    return new Prompt(parts);
  }

  private PromptBuilder add(String text, boolean scaffold) {
    if (text.isEmpty()) {
      return this;
    }
    if (this.scaffold != scaffold) {
      endRun();
      this.scaffold = scaffold;
    }
    run.append(text);
    return this;
  }

  private void endRun() {
    if (!run.isEmpty()) {
      parts.add(new Part(run.toString(), scaffold));
      run.setLength(0);
    }
  }
}
