package dev.splitreason.core.prompt;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.prompt.Message.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that waits for an answer: at most one system message, first, and turns that end
 * with the user's.
 *
 * @param system the system message, or null
 * @param turns the user's and the assistant's messages, at least one
 */
record Conversation(@Nullable Message system, List<Message> turns) {

  /**
   * Reads a list of messages.
   *
   * @throws UserMistake if it is no such conversation
   */
  static Conversation of(List<Message> messages) {
    boolean hasSystem = !messages.isEmpty() && messages.getFirst().role() == Role.SYSTEM;
    List<Message> turns = messages.subList(hasSystem ? 1 : 0, messages.size());
    if (turns.isEmpty() || turns.getLast().role() != Role.USER) {
      throw new UserMistake(
          "a conversation must end with a message of the user, which is what is answered");
    }
    if (turns.stream().anyMatch(turn -> turn.role() == Role.SYSTEM)) {
      throw new UserMistake("a conversation may have one system message only, as its first");
    }
    return new Conversation(hasSystem ? messages.getFirst() : null, turns);
  }

  /**
   * The only turn there is.
   *
   * @param template the name of the template that has a place for one only
   * @throws UserMistake if there are more
   */
  Message onlyTurn(String template) {
    if (turns.size() > 1) {
      throw new UserMistake(
          "the template '"
              + template
              + "' takes a single question, not a conversation of "
              + turns.size()
              + " messages");
    }
    return turns.getFirst();
  }
}
