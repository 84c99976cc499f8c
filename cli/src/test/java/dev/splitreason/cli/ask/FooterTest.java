package dev.splitreason.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.TokenTime;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FooterTest {

  @Test
  void tellsShareSpeedsAndTime() {
    assertThat(Footer.of(trace(new Usage(3, 1, 0, 9, 9), FinishReason.STOP, null)))
        .isEqualTo(
            "── 4 tokens, 1 by the large model (25.0 %) · small 10 tokens/s · large 2 tokens/s"
                + " · 1.25 s");
  }

  @Test
  void tellsWhatWasDiscarded() {
    assertThat(Footer.of(trace(new Usage(3, 1, 7, 9, 9), FinishReason.STOP, null)))
        .contains(" · 7 discarded · ");
  }

  @Test
  void tellsWhyAnAnswerIsNotComplete() {
    Usage usage = new Usage(3, 1, 0, 9, 9);

    assertThat(Footer.of(trace(usage, FinishReason.LENGTH, null))).endsWith("end of the context");
    assertThat(Footer.of(trace(usage, FinishReason.TIMEOUT, null))).endsWith("at the time limit");
    assertThat(Footer.of(trace(usage, FinishReason.CANCELLED, null))).endsWith("· cancelled");
  }

  @Test
  void tellsThatTheLargeModelFailed() {
    assertThat(Footer.of(trace(new Usage(3, 1, 0, 9, 9), FinishReason.STOP, "it is gone")))
        .endsWith("the large model failed, the small one went on alone: it is gone");
  }

  @Test
  void namesAnotherPolicyWhereNothingWasHandedOver() {
    Trace alone = trace(new Usage(4, 0, 0, 9, 9), FinishReason.STOP, null);
    Trace helped = trace(new Usage(3, 1, 0, 9, 9), FinishReason.STOP, null);
    SplitOptions learned = SplitOptions.DEFAULT;

    assertThat(Footer.advice(alone, learned)).contains("--policy entropy:1.2");
    assertThat(Footer.advice(helped, learned)).isNull();
    assertThat(Footer.advice(alone, learned.withPolicy(new Policy.SmallOnly()))).isNull();
    assertThat(Footer.advice(alone, learned.withMaxOffloadRatio(0))).isNull();
  }

  @Test
  void anEmptyAnswerHasNoSpeeds() {
    var empty =
        new Trace(
            List.of(),
            new Usage(0, 0, 0, 0, 0),
            FinishReason.STOP,
            false,
            null,
            0.5,
            List.of(),
            SpanSettings.DEFAULT);

    assertThat(Footer.of(empty)).isEqualTo("── 0 tokens, 0 by the large model (0.0 %) · 0.50 s");
  }

  @Test
  void aSpeedIsKeptTokensOverTheTimeOfTheirTurnsWithoutTheFirstToken() {
    List<TokenTime> times =
        List.of(
            new TokenTime(Author.SMALL, 5),
            new TokenTime(Author.SMALL, 5.5),
            new TokenTime(Author.LARGE, 6.5),
            new TokenTime(Author.SMALL, 7));

    assertThat(AnswerSpeed.tokensPerSecond(Author.SMALL, times)).isEqualTo(2);
    assertThat(AnswerSpeed.tokensPerSecond(Author.LARGE, times)).isEqualTo(1);
    assertThat(AnswerSpeed.tokensPerSecond(Author.SMALL, times.subList(0, 1))).isNaN();
  }

  private static Trace trace(Usage usage, FinishReason reason, @Nullable String degradedBecause) {
    List<TokenTime> times =
        List.of(
            new TokenTime(Author.SMALL, 0.4),
            new TokenTime(Author.SMALL, 0.5),
            new TokenTime(Author.LARGE, 1.0),
            new TokenTime(Author.SMALL, 1.1));
    return new Trace(
        List.of(),
        usage,
        reason,
        degradedBecause != null,
        degradedBecause,
        1.25,
        times,
        SpanSettings.DEFAULT);
  }
}
