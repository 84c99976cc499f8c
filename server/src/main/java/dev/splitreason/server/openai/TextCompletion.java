package dev.splitreason.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.server.answer.Answered;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text completion, whole or an event of one that is streamed.
 *
 * @param splitreason that of the only answer, or of a piece; left out where there are several,
 *     which have their own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TextCompletion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @Nullable UsageDocument usage,
    @Nullable Extension splitreason) {

  /**
   * An answer or a piece of it.
   *
   * @param logprobs of all tokens; null unless asked for, and in a stream until its end
   * @param stopReason the stop text that ended it, or null
   */
  record Choice(
      int index,
      String text,
      LogprobDocument.@Nullable OfText logprobs,
      @Nullable String finishReason,
      @Nullable String stopReason,
      @JsonInclude(JsonInclude.Include.NON_NULL) Extension.@Nullable OfAnswer splitreason) {

    static Choice piece(int index, String text) {
      return new Choice(index, text, null, null, null, null);
    }

    static Choice end(int index, String text, Answered answered, String whole, boolean several) {
      return new Choice(
          index,
          text,
          LogprobDocument.OfText.of(answered.logprobs(), whole),
          FinishLabel.of(answered.finish()),
          answered.finish().stop(),
          several ? Extension.OfAnswer.of(answered) : null);
    }
  }

  /** The whole of it; {@code echoed} is what stands before each answer. */
  static TextCompletion of(
      Envelope envelope, List<Answered> answers, List<String> echoed, int toEach) {
    boolean several = answers.size() > 1;
    List<Choice> choices = new ArrayList<>();
    for (Answered answered : answers) {
      String text = echoed.get(choices.size()) + answered.texts().answer();
      choices.add(Choice.end(choices.size(), text, answered, text, several));
    }
    return of(
        envelope,
        choices,
        UsageDocument.of(answers, toEach),
        several ? null : Extension.OfAnswer.of(answers.getFirst()));
  }

  static TextCompletion of(Envelope envelope, int choice, Piece piece) {
    return of(
        envelope, List.of(Choice.piece(choice, piece.text())), null, Extension.OfPiece.of(piece));
  }

  static TextCompletion echo(Envelope envelope, int choice, String prompt) {
    return of(envelope, List.of(Choice.piece(choice, prompt)), null, null);
  }

  static TextCompletion ends(Envelope envelope, int choice, Answered answered, String echoed) {
    String whole = echoed + answered.texts().answer();
    return of(
        envelope,
        List.of(Choice.end(choice, "", answered, whole, false)),
        null,
        Extension.OfAnswer.of(answered));
  }

  static TextCompletion usage(Envelope envelope, UsageDocument usage) {
    return of(envelope, List.of(), usage, null);
  }

  private static TextCompletion of(
      Envelope envelope,
      List<Choice> choices,
      @Nullable UsageDocument usage,
      @Nullable Extension splitreason) {
    return new TextCompletion(
        envelope.id(),
        "text_completion",
        envelope.created(),
        envelope.model(),
        choices,
        usage,
        splitreason);
  }
}
