package dev.splitreason.server.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item of a response: its reasoning, or its message. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OutputItem(
    String type,
    String id,
    String status,
    @Nullable String role,
    @Nullable List<String> summary,
    List<Part> content) {

  /** A part of an item. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Part(
      String type,
      String text,
      @Nullable List<String> annotations,
      @Nullable List<String> logprobs) {

    static Part of(Channel channel, String text) {
      return channel == Channel.REASONING
          ? new Part("reasoning_text", text, null, null)
          : new Part("output_text", text, List.of(), List.of());
    }
  }

  /** An item that has not ended; null for the text of one that has not begun. */
  static OutputItem of(Channel channel, String id, boolean ended, @Nullable String text) {
    boolean reasons = channel == Channel.REASONING;
    return new OutputItem(
        reasons ? "reasoning" : "message",
        id,
        ended ? "completed" : "in_progress",
        reasons ? null : "assistant",
        reasons ? List.of() : null,
        text == null ? List.of() : List.of(Part.of(channel, text)));
  }
}
