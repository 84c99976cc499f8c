package dev.splitreason.server.limit;

import dev.splitreason.server.error.Refusal;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much one caller may have: answers at once, and tokens in a minute. Tokens are paid when they
 * are known, after an answer; who has spent more than there was has to wait. Thread-safe.
 */
public final class Allowance {

  private static final double NANOS_OF_MINUTE = 60e9;

  private final int answersAtOnce;
  private final @Nullable Integer tokensPerMinute;
  private final LongSupplier nanos;
  private double tokens;
  private long filled;
  private int answers;

  /**
   * A full allowance.
   *
   * @param answersAtOnce null for no limit
   * @param tokensPerMinute of prompts and answers together; null for no limit
   */
  public Allowance(@Nullable Integer answersAtOnce, @Nullable Integer tokensPerMinute) {
    this(answersAtOnce, tokensPerMinute, System::nanoTime);
  }

  Allowance(
      @Nullable Integer answersAtOnce, @Nullable Integer tokensPerMinute, LongSupplier nanos) {
    this.answersAtOnce = answersAtOnce == null ? Integer.MAX_VALUE : answersAtOnce;
    this.tokensPerMinute = tokensPerMinute;
    this.nanos = nanos;
    this.tokens = tokensPerMinute == null ? 0 : tokensPerMinute;
    this.filled = nanos.getAsLong();
  }

  /** Answers that count until this is closed. */
  @FunctionalInterface
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a share for answers.
   *
   * @throws Refusal if the caller has as much as it may
   */
  public synchronized Share take(int more) {
    if (answers + more > answersAtOnce) {
      throw Refusal.until(
          Refusal.Kind.TOO_MANY,
          Duration.ofSeconds(1),
          "this key may have " + answersAtOnce + " answers at once, and has " + answers);
    }
    if (tokensPerMinute != null) {
      fill(tokensPerMinute);
      if (tokens <= 0) {
        double seconds = (1 - tokens) * 60 / tokensPerMinute;
        throw Refusal.until(
            Refusal.Kind.TOO_MANY,
            Duration.ofSeconds((long) Math.ceil(seconds)),
            "this key has used up its " + tokensPerMinute + " tokens a minute");
      }
    }
    answers += more;
    return () -> giveBack(more);
  }

  /** Pays for tokens. */
  public synchronized void spend(int count) {
    if (tokensPerMinute != null) {
      fill(tokensPerMinute);
      tokens -= count;
    }
  }

  private synchronized void giveBack(int fewer) {
    answers -= fewer;
  }

  private void fill(int perMinute) {
    long now = nanos.getAsLong();
    tokens = Math.min(perMinute, tokens + (now - filled) / NANOS_OF_MINUTE * perMinute);
    filled = now;
  }
}
