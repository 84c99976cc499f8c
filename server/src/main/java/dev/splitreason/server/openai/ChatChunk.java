package dev.splitreason.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Channel;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.server.answer.Answered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a streamed chat completion. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatChunk(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @Nullable UsageDocument usage,
    @Nullable Extension splitreason) {

  /**
   * What is new of an answer.
   *
   * @param logprobs of all tokens, with the end; left out before it, and unless asked for
   * @param finishReason null until it has ended
   */
  record Choice(
      int index,
      Delta delta,
      @JsonInclude(JsonInclude.Include.NON_NULL) LogprobDocument.@Nullable OfChat logprobs,
      @Nullable String finishReason,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String stopReason) {}

  /** A piece of the message; what is null is left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Delta(
      @Nullable String role,
      @Nullable String content,
      @Nullable String reasoningContent,
      @Nullable String reasoning) {}

  /** Whose message it is. */
  static ChatChunk begins(Envelope envelope, int choice) {
    var delta = new Delta("assistant", "", null, null);
    return of(envelope, List.of(new Choice(choice, delta, null, null, null)), null, null);
  }

  static ChatChunk of(Envelope envelope, int choice, Piece piece) {
    boolean answer = piece.channel() == Channel.ANSWER;
    Delta delta =
        answer
            ? new Delta(null, piece.text(), null, null)
            : new Delta(null, null, piece.text(), piece.text());
    return of(
        envelope,
        List.of(new Choice(choice, delta, null, null, null)),
        null,
        Extension.OfPiece.of(piece));
  }

  static ChatChunk ends(Envelope envelope, int choice, Answered answered) {
    var delta = new Delta(null, null, null, null);
    return of(
        envelope,
        List.of(
            new Choice(
                choice,
                delta,
                LogprobDocument.OfChat.of(answered.logprobs()),
                FinishLabel.of(answered.finish()),
                answered.finish().stop())),
        null,
        Extension.OfAnswer.of(answered));
  }

  static ChatChunk usage(Envelope envelope, UsageDocument usage) {
    return of(envelope, List.of(), usage, null);
  }

  private static ChatChunk of(
      Envelope envelope,
      List<Choice> choices,
      @Nullable UsageDocument usage,
      @Nullable Extension splitreason) {
    return new ChatChunk(
        envelope.id(),
        "chat.completion.chunk",
        envelope.created(),
        envelope.model(),
        choices,
        usage,
        splitreason);
  }
}
