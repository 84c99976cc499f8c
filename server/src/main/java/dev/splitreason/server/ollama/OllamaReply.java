package dev.splitreason.server.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Channel;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.core.piece.Texts;
import dev.splitreason.server.answer.Answered;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of Ollama's: a piece of an answer, or its end. A chat has a message, a generation a
 * response.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OllamaReply(
    String model,
    String createdAt,
    @Nullable Message message,
    @Nullable String response,
    @Nullable String thinking,
    boolean done,
    @Nullable String doneReason,
    @Nullable Long totalDuration,
    @Nullable Long loadDuration,
    @Nullable Integer promptEvalCount,
    @Nullable Long promptEvalDuration,
    @Nullable Integer evalCount,
    @Nullable Long evalDuration) {

  /** What the pair says. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Message(String role, String content, @Nullable String thinking) {}

  static OllamaReply piece(String model, boolean chat, Piece piece) {
    boolean reasons = piece.channel() == Channel.REASONING;
    return of(model, chat, reasons ? "" : piece.text(), reasons ? piece.text() : null, null);
  }

  /** The end of what was told by pieces. */
  static OllamaReply end(String model, boolean chat, Answered answered) {
    return of(model, chat, "", null, answered);
  }

  static OllamaReply whole(String model, boolean chat, Answered answered, boolean thinks) {
    Texts texts = answered.texts();
    boolean told = thinks && !texts.reasoning().isEmpty();
    return of(model, chat, texts.answer(), told ? texts.reasoning() : null, answered);
  }

  private static OllamaReply of(
      String model,
      boolean chat,
      String text,
      @Nullable String thinking,
      @Nullable Answered ended) {
    Double first = ended == null ? null : ended.firstTokenSeconds();
    double whole = ended == null ? 0 : ended.trace().seconds();
    double prompt = first == null ? whole : first;
    return new OllamaReply(
        model,
        Instant.now().toString(),
        chat ? new Message("assistant", text, thinking) : null,
        chat ? null : text,
        chat ? null : thinking,
        ended != null,
        ended == null ? null : reason(ended),
        ended == null ? null : nanos(ended.queuedSeconds() + whole),
        ended == null ? null : 0L,
        ended == null ? null : ended.counts().prompt(),
        ended == null ? null : nanos(prompt),
        ended == null ? null : ended.tokens(),
        ended == null ? null : nanos(whole - prompt));
  }

  private static String reason(Answered answered) {
    return switch (answered.finish().reason()) {
      case STOP -> "stop";
      case LENGTH, TIMEOUT, CANCELLED -> "length";
    };
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
