package dev.splitreason.core.split;

import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.tag.TagEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the small model would close a span, read off its scores. It may close at a position, or see
 * the close ahead of it: behind a text that it would write first.
 */
interface CloseTest {

  /** The answer of a model that closes the span where it is. */
  String HERE = "";

  /** What to compute at every position of the span. */
  ScoreRequest request();

  /**
   * Whether to ask inside a token of the large model too, where the small one's tokens are shorter:
   * a span that closes there keeps that token whole.
   */
  default boolean insideTokens() {
    return true;
  }

  /**
   * Whether the small model closes the span at a position, whatever the large one writes next.
   *
   * @param scores of a run that is at the end of the session
   * @param position in the run, see {@link Scores}
   * @param length of the session up to that position
   * @return the text that comes before the close, {@link #HERE} for none; null if none is seen
   */
  @Nullable String closes(Scores scores, int position, Session session, int length)
      throws InterruptedException;

  /**
   * The same, if {@link #closes} saw none, of a model that sees what the large one writes next.
   *
   * @param next the large model's next token, in the small one's bytes; empty at the span's end
   */
  default @Nullable String closesBefore(
      Scores scores, int position, Session session, int length, byte[] next)
      throws InterruptedException {
    return null;
  }

  /**
   * Closes where the sampler draws the close tag, a single token; or where it would inside a token
   * of the large model, as after {@code .} of {@code .\n\n}: a copy of the session goes on from
   * there.
   */
  static CloseTest atToken(TagTokens tags, Sampling sampling) {
    Sampling closing = tags.withCloseTag(sampling);
    return new CloseTest() {
      @Override
      public ScoreRequest request() {
        return ScoreRequest.ofDraws(closing);
      }

      @Override
      public @Nullable String closes(Scores scores, int position, Session session, int length) {
        return tags.kindOf(scores.drawn()[position]) == TagEvent.Kind.CLOSE ? HERE : null;
      }

      @Override
      public @Nullable String closesBefore(
          Scores scores, int position, Session session, int length, byte[] next)
          throws InterruptedException {
        String drawn = drawn(scores, position, session);
        String written = SpelledTag.bytes(next);
        boolean leads = !drawn.isEmpty() && written.startsWith(drawn) && !drawn.equals(written);
        return leads ? goOn(tags, session, length, closing) : null;
      }
    };
  }

  /**
   * Closes where the sampler would spell the close tag: where it draws a token that may lead to it,
   * a copy of the session goes on from there. Such a token holds the tag's beginning, alone or
   * behind other text as in {@code .</}; or it is blank; or it is the beginning of the token that
   * the large model writes, which may hold the place of the tag, as {@code .} of {@code .\n\n}.
   */
  static CloseTest atSpelling(TagTokens tags, Sampling sampling) {
    String tag = SpelledTag.bytes(tags.spelling().close());
    return new CloseTest() {
      @Override
      public ScoreRequest request() {
        return ScoreRequest.ofDraws(sampling);
      }

      @Override
      public @Nullable String closes(Scores scores, int position, Session session, int length)
          throws InterruptedException {
        String drawn = drawn(scores, position, session);
        return SpelledTag.beginsIn(drawn, tag) ? goOn(tags, session, length, sampling) : null;
      }

      @Override
      public @Nullable String closesBefore(
          Scores scores, int position, Session session, int length, byte[] next)
          throws InterruptedException {
        String drawn = drawn(scores, position, session);
        String written = SpelledTag.bytes(next);
        boolean differs = !drawn.isEmpty() && !drawn.equals(written);
        boolean leads = drawn.isBlank() || written.startsWith(drawn);
        return differs && leads && !SpelledTag.beginsIn(drawn, tag)
            ? goOn(tags, session, length, sampling)
            : null;
      }
    };
  }

  /** Closes where the entropy of the next token is at most a threshold in nats. */
  static CloseTest whenCertain(double threshold) {
    return new CloseTest() {
      @Override
      public ScoreRequest request() {
        return ScoreRequest.ofEntropy();
      }

      @Override
      public boolean insideTokens() {
        // What follows inside a token says nothing about what follows the token.
        return false;
      }

      @Override
      public @Nullable String closes(Scores scores, int position, Session session, int length) {
        return scores.entropy()[position] <= threshold ? HERE : null;
      }
    };
  }

  /** What the sampler draws at a position, as its bytes' values. */
  private static String drawn(Scores scores, int position, Session session) {
    Tokenizer tokenizer = Objects.requireNonNull(session.model().tokenizer());
    return SpelledTag.bytes(tokenizer.bytes(scores.drawn()[position]));
  }

  /** Lets a copy of the session go on from a place, and tells the text before a close tag. */
  private static @Nullable String goOn(
      TagTokens tags, Session session, int length, Sampling sampling) throws InterruptedException {
    try (Session probe = session.fork()) {
      probe.truncate(length);
      return SpelledTag.textBefore(tags.spelling().close(), probe, sampling);
    }
  }
}
