package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.prompt.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The chat template that came with a model's weights. llama.cpp recognises the common ones by their
 * source and renders them; it does not interpret Jinja.
 */
final class EmbeddedChat {

  private final LlamaApi api;
  private final String source;
  private final String prefix;

  private EmbeddedChat(LlamaApi api, String source, String prefix) {
    this.api = api;
    this.source = source;
    this.prefix = prefix;
  }

  /**
   * A model's template.
   *
   * @param prefix what the model expects before every text: its begin-of-sequence token's spelling,
   *     or nothing
   * @return null if llama.cpp does not know this one
   */
  static @Nullable EmbeddedChat of(LlamaApi api, String source, String prefix) {
    EmbeddedChat chat = new EmbeddedChat(api, source, prefix);
    return chat.rendered(List.of(Message.user("?"))) == null ? null : chat;
  }

  /** Renders a conversation up to where the assistant's turn begins. */
  String render(List<Message> messages) {
    String text = rendered(messages);
    if (text == null) {
      throw new UserMistake("the model's chat template has no place for these messages");
    }
    return text.startsWith(prefix) ? text : prefix + text;
  }

  private @Nullable String rendered(List<Message> messages) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment template = arena.allocateFrom(source);
      MemorySegment chat = arena.allocate(LlamaLayouts.CHAT_MESSAGE, messages.size());
      int estimate = 256;
      for (int i = 0; i < messages.size(); i++) {
        Message message = messages.get(i);
        MemorySegment entry =
            chat.asSlice(i * LlamaLayouts.CHAT_MESSAGE.byteSize(), LlamaLayouts.CHAT_MESSAGE);
        String role = message.role().name().toLowerCase(Locale.ROOT);
        LlamaLayouts.set(entry, LlamaLayouts.CHAT_MESSAGE, "role", arena.allocateFrom(role));
        LlamaLayouts.set(
            entry, LlamaLayouts.CHAT_MESSAGE, "content", arena.allocateFrom(message.content()));
        estimate += 4 * message.content().length() + 64;
      }
      MemorySegment buffer = arena.allocate(estimate);
      int length = api.chatApplyTemplate(template, chat, messages.size(), buffer, estimate);
      if (length > estimate) {
        buffer = arena.allocate(length);
        length = api.chatApplyTemplate(template, chat, messages.size(), buffer, length);
      }
      if (length < 0) {
        return null;
      }
      byte[] bytes = buffer.asSlice(0, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
