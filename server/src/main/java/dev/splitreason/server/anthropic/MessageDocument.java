package dev.splitreason.server.anthropic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.server.answer.Answered;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as Anthropic tells it.
 *
 * @param stopReason null until it has ended
 */
record MessageDocument(
    String id,
    String type,
    String role,
    String model,
    List<Block> content,
    @Nullable String stopReason,
    @Nullable String stopSequence,
    Usage usage) {

  /** What it cost in tokens. */
  record Usage(int inputTokens, int outputTokens) {
    static final Usage NONE = new Usage(0, 0);

    static Usage of(Answered answered) {
      return new Usage(answered.counts().prompt(), answered.tokens());
    }
  }

  /** A part of the message: words, or the chain of thought. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Block(
      String type, @Nullable String text, @Nullable String thinking, @Nullable String signature) {

    static Block text(String text) {
      return new Block("text", text, null, null);
    }

    static Block thinking(String thinking) {
      return new Block("thinking", null, thinking, "");
    }
  }

  static MessageDocument begun(String id, String model) {
    return new MessageDocument(
        id, "message", "assistant", model, List.of(), null, null, Usage.NONE);
  }

  static MessageDocument of(String id, String model, Answered answered, boolean thinks) {
    List<Block> content = new ArrayList<>();
    if (thinks && !answered.texts().reasoning().isEmpty()) {
      content.add(Block.thinking(answered.texts().reasoning()));
    }
    content.add(Block.text(answered.texts().answer()));
    return new MessageDocument(
        id,
        "message",
        "assistant",
        model,
        content,
        stopReason(answered),
        answered.finish().stop(),
        Usage.of(answered));
  }

  static String stopReason(Answered answered) {
    return switch (answered.finish().reason()) {
      case STOP -> answered.finish().stop() == null ? "end_turn" : "stop_sequence";
      case LENGTH, TIMEOUT, CANCELLED -> "max_tokens";
    };
  }
}
