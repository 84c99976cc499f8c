package dev.splitreason.server.answer;

import dev.splitreason.core.piece.Stops;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.server.logprob.WantedLogprobs;
import dev.splitreason.server.pair.ServedPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pair is asked, whatever protocol it came by.
 *
 * @param model what the client calls who answers
 * @param pair who answers
 * @param opening what is answered
 * @param conversation the name of what this is a part of, the same for all its questions
 * @param options how
 * @param stops where the text ends
 * @param keepsTags whether the tags stay in the text
 * @param logprobs which logarithms of probabilities are told with the answer; null for none
 */
public record Question(
    String model,
    ServedPair pair,
    Opening opening,
    String conversation,
    SplitOptions options,
    Stops stops,
    boolean keepsTags,
    @Nullable WantedLogprobs logprobs) {

  /** What is answered. */
  public sealed interface Opening {

    /** A conversation, which goes through the pair's templates; its reasoning is told apart. */
    record Chat(List<Message> messages) implements Opening {
      public Chat {
        messages = List.copyOf(messages);
      }
    }

    /** A prompt that both models read as it is, and go on from; its reasoning is text as any. */
    record Raw(RawPrompt prompt) implements Opening {}
  }

  /** The same question with other options. */
  public Question withOptions(SplitOptions other) {
    return new Question(model, pair, opening, conversation, other, stops, keepsTags, logprobs);
  }

  /** The same question, whose answer tells logarithms of probabilities; null for none. */
  public Question withLogprobs(@Nullable WantedLogprobs wanted) {
    return new Question(model, pair, opening, conversation, options, stops, keepsTags, wanted);
  }
}
