package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.split.Language.Babble;
import dev.splitreason.core.split.Language.TaggedBabble;
import dev.splitreason.core.split.ScriptedModel.Operation;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Token budgets, time budgets, contexts, and callers who change their mind. */
class LimitsTest {

  private static Play babbling(long seed) {
    Babble babble = new Babble(seed, 60);
    return Play.of(new TaggedBabble(babble, 4, 6), babble);
  }

  /** Blocks until the thread is interrupted. */
  static void hang() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Property(tries = 200)
  void aTokenBudgetCutsTheAnswerAndChangesNothingBeforeTheCut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int budget) {
    String whole = babbling(seed).decode().text();
    Trace trace = babbling(seed).decode(SplitOptions.DEFAULT.withMaxTokens(budget));

    // A span may close where its next character does not fit.
    assertThat(TagSpelling.BIGMODEL.strip(whole))
        .startsWith(TagSpelling.BIGMODEL.strip(trace.text()));
    if (trace.text().length() < whole.length()) {
      assertThat(trace.finishReason()).isEqualTo(FinishReason.LENGTH);
    }
  }

  @Property(tries = 200)
  void anInterruptReturnsWhatIsWrittenAndStaysSet(
      @ForAll long seed, @ForAll @IntRange(max = 60) int moment, @ForAll boolean pipelined) {
    String whole = babbling(seed).decode().text();
    Play play = babbling(seed);
    Thread caller = Thread.currentThread();
    play.small.with(
        (operation, count) -> {
          if (operation == Operation.TOKEN && count == moment) {
            caller.interrupt();
          }
        });
    Trace trace = play.decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    assertThat(whole).startsWith(trace.text());
    assertThat(Thread.interrupted()).isEqualTo(trace.finishReason() == FinishReason.CANCELLED);
    if (trace.finishReason() != FinishReason.CANCELLED) {
      assertThat(trace.text()).isEqualTo(whole);
    }
  }

  @Timeout(60)
  @ParameterizedTest
  @EnumSource(names = {"TOKEN", "SCORE", "APPEND"})
  void theTimeBudgetEndsAnAnswerWhateverTheSmallModelHangsIn(Operation where) {
    for (boolean pipelined : new boolean[] {false, true}) {
      Play play = Play.of(Language.script("a<bigmodel>bc</bigmodel>d"), Language.script("abcd"));
      play.small.with(
          (operation, count) -> {
            if (operation == where && count == (where == Operation.TOKEN ? 1 : 0)) {
              hang();
            }
          });
      Trace trace =
          play.decode(
              SplitOptions.DEFAULT.withTimeBudget(Duration.ofMillis(100)).withPipelined(pipelined));

      assertThat(trace.finishReason()).isEqualTo(FinishReason.TIMEOUT);
      assertThat("a<bigmodel>bc</bigmodel>d").startsWith(trace.text());
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Timeout(60)
  @Test
  void anEndlessTimeBudgetIsFine() {
    SplitOptions patient = SplitOptions.DEFAULT.withTimeBudget(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(babbling(1).decode(patient).finishReason()).isEqualTo(FinishReason.STOP);
  }

  @Timeout(60)
  @Test
  void aSmallContextThatFillsUpInTheMiddleOfASpanEndsTheAnswer() {
    Play play =
        Play.of(Language.script("a<bigmodel>" + "b".repeat(99)), Language.repeating("abbbbbbb"));
    play.small.withContext(Vocabulary.TAGGED.tokenizeWithControl(Play.SMALL_PROMPT).length + 12);
    Trace trace = play.decode(SplitOptions.DEFAULT.withPipelined(false));

    assertThat(trace.text()).startsWith("a<bigmodel>bbbbbbb");
    assertThat(trace.finishReason()).isEqualTo(FinishReason.LENGTH);
  }
}
