package dev.splitreason.server.answer;

import dev.splitreason.core.piece.Texts;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.server.logprob.Logprobs;
import dev.splitreason.server.work.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished answer.
 *
 * @param trace what core tells of it; its text has the tags
 * @param texts what it says, by channel
 * @param finish why it ended
 * @param counts tokens that the trace does not tell
 * @param work when its models worked
 * @param queuedSeconds how long it waited before it began
 * @param firstTokenSeconds from its beginning to the first token; null if there was none
 * @param logprobs how likely its tokens are; null unless asked for
 * @param traceId by which it is found in the history; null if it is not kept
 */
public record Answered(
    Trace trace,
    Texts texts,
    Finish finish,
    Counts counts,
    List<Work> work,
    double queuedSeconds,
    @Nullable Double firstTokenSeconds,
    @Nullable Logprobs logprobs,
    @Nullable String traceId) {

  public Answered {
    work = List.copyOf(work);
  }

  /**
   * Tokens that a trace does not tell.
   *
   * @param prompt those of the prompt, as the model reads it that writes first
   * @param cached of these, those that an earlier answer had left in the model's cache
   * @param reasoning those of the answer's reasoning, tags included
   */
  public record Counts(int prompt, int cached, int reasoning) {}

  /** The same, kept under an id; null if it is not. */
  Answered keptAs(@Nullable String id) {
    return new Answered(
        trace, texts, finish, counts, work, queuedSeconds, firstTokenSeconds, logprobs, id);
  }

  /** Tokens of the answer that were kept, the reasoning's and the tags included. */
  public int tokens() {
    return trace.usage().smallTokens() + trace.usage().largeTokens();
  }

  /**
   * Why an answer ended.
   *
   * @param reason the cause
   * @param stop the text that ended it, or null
   */
  public record Finish(Reason reason, @Nullable String stop) {

    /** The causes. */
    public enum Reason {
      /** A model ended it, or it came to a stop text. */
      STOP,
      /** Its tokens or the context are used up. */
      LENGTH,
      /** Its time is used up. */
      TIMEOUT,
      /** Nobody wants it any more. */
      CANCELLED
    }
  }
}
