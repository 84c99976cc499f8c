package dev.splitreason.core.split;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.tag.TagEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Where the small model would close a span, read off its scores. */
interface CloseTest {

  /** What to compute at every position of the span. */
  ScoreRequest request();

  /**
   * Whether the small model closes the span at a position.
   *
   * @param scores of a run that is at the end of the session
   * @param position in the run, see {@link Scores}
   * @param length of the session up to that position
   */
  boolean closes(Scores scores, int position, Session session, int length)
      throws InterruptedException;

  /** Closes where the sampler draws the close tag, a single token. */
  static CloseTest atToken(TagTokens tags, Sampling sampling) {
    return new CloseTest() {
      @Override
      public ScoreRequest request() {
        return ScoreRequest.ofDraws(tags.withCloseTag(sampling));
      }

      @Override
      public boolean closes(Scores scores, int position, Session session, int length) {
        return tags.kindOf(scores.drawn()[position]) == TagEvent.Kind.CLOSE;
      }
    };
  }

  /**
   * Closes where the sampler would spell the close tag: where it draws a token that may begin it, a
   * copy of the session goes on from there.
   */
  static CloseTest atSpelling(TagTokens tags, Sampling sampling) {
    return new CloseTest() {
      @Override
      public ScoreRequest request() {
        return ScoreRequest.ofDraws(sampling);
      }

      @Override
      public boolean closes(Scores scores, int position, Session session, int length)
          throws InterruptedException {
        Tokenizer tokenizer = Objects.requireNonNull(session.model().tokenizer());
        String close = tags.spelling().close();
        byte[] tag = close.getBytes(StandardCharsets.UTF_8);
        byte[] drawn = tokenizer.bytes(scores.drawn()[position]);
        if (drawn.length == 0 || !agree(tag, drawn)) {
          return false;
        }
        try (Session probe = session.fork()) {
          probe.truncate(length);
          return spells(probe, close, sampling);
        }
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
      public boolean closes(Scores scores, int position, Session session, int length) {
        return scores.entropy()[position] <= threshold;
      }
    };
  }

  /** Whether a session goes on with a text; leaves what it wrote in the session. */
  static boolean spells(Session session, String text, Sampling sampling)
      throws InterruptedException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    Decoded decoded =
        session.decode(
            DecodeRequest.upTo(wanted.length, sampling)
                .withStop(
                    token -> {
                      seen.writeBytes(token.bytes());
                      return seen.size() >= wanted.length || !agree(wanted, seen.toByteArray());
                    }),
            token -> {});
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    decoded.tokens().forEach(token -> written.writeBytes(token.bytes()));
    return written.size() >= wanted.length && agree(wanted, written.toByteArray());
  }

  /** Whether one of them begins with the other. */
  private static boolean agree(byte[] one, byte[] other) {
    int common = Math.min(one.length, other.length);
    return Arrays.equals(one, 0, common, other, 0, common);
  }
}
