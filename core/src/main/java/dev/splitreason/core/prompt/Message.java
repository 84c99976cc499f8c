package dev.splitreason.core.prompt;

/**
 * One message of a conversation.
 *
 * @param role who speaks
 * @param content plain text; spellings of control tokens in it stay plain text
 */
public record Message(Role role, String content) {

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  /** A user's message. */
  public static Message user(String content) {
    return new Message(Role.USER, content);
  }
}
