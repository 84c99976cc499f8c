package dev.splitreason.core.prompt;

import java.util.List;

/** Renders a conversation up to the place where the model's reasoning begins. */
public interface PromptTemplate {

  /**
   * Renders a conversation.
   *
   * @param hinted whether the reader is told about the tags (the small model of a learned pair is,
   *     if the template has a hint; the large one and the base never are)
   * @throws IllegalArgumentException if the template has no place for the messages, e.g. a system
   *     message
   */
  Prompt render(List<Message> messages, boolean hinted);

  /** The template's name, as options and configuration spell it. */
  String name();
}
