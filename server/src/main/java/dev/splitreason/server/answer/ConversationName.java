package dev.splitreason.server.answer;

import dev.splitreason.core.prompt.Message;
import dev.splitreason.server.answer.Question.Opening;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the questions of one conversation have in common, so that all of them find the replica whose
 * KV cache has it: whatever server they come by, since nothing but the question is looked at. It is
 * a hash, in which nobody can read the question, though who guesses a question can confirm it.
 */
public final class ConversationName {

  private static final int BYTES = 16;

  private ConversationName() {}

  /**
   * The name of a conversation.
   *
   * @param key what the client says that its requests have in common; null if it says nothing: then
   *     a conversation is told by all that is said up to its first question, a prompt by all of it
   */
  public static String of(@Nullable String key, Opening opening) {
    MessageDigest hash = sha256();
    if (key != null) {
      add(hash, "key", key);
    } else {
      switch (opening) {
        case Opening.Raw(RawPrompt prompt) -> add(hash, "prompt", prompt.text());
        case Opening.Chat(var messages) -> {
          for (Message message : messages) {
            add(hash, message.role().name(), message.content());
            if (message.role() == Message.Role.USER) {
              break;
            }
          }
        }
      }
    }
    return HexFormat.of().formatHex(hash.digest(), 0, BYTES);
  }

  private static void add(MessageDigest hash, String kind, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hash.update((kind + " " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
    hash.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
