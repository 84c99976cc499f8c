package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.split.Language.Babble;
import dev.splitreason.core.split.Language.TaggedBabble;
import dev.splitreason.core.split.ScriptedModel.Operation;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** What the large model wrote up to the next look stays, though the small one cannot read it. */
  @Timeout(60)
  @ParameterizedTest
  @CsvSource({"8,12,true", "8,12,false", "64,12,true", "64,12,false", "64,2,true", "64,2,false"})
  void aSmallContextThatFillsUpInTheMiddleOfASpanEndsTheAnswerWithTheChunk(
      int chunk, int room, boolean pipelined) {
    Play play =
        Play.of(Language.script("a<bigmodel>" + "b".repeat(99)), Language.repeating("abbbbbbb"));
    play.small.withContext(smallPrompt() + room);
    Trace trace = play.withChunk(chunk).decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    int kept = ((room - 2) / chunk + 1) * chunk;
    assertThat(trace.text()).startsWith("a<bigmodel>bbbbbbb").endsWith("</bigmodel>");
    assertThat(trace.usage().largeTokens()).isEqualTo(kept);
    assertThat(trace.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(trace.degraded()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSpanThatClosesBeforeTheSmallContextIsFullClosesThere(boolean pipelined) {
    Play play =
        Play.of(Language.script("a<bigmodel>bcd</bigmodel>e"), Language.script("abcdefghijklmn"));
    play.small.withContext(smallPrompt() + "abcd".length() + 4);
    Trace trace = play.withChunk(64).decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    assertThat(trace.text()).isEqualTo("a<bigmodel>bcd</bigmodel>e");
  }

  /** Wherever the small context is full, the answer is what it is without that limit, but cut. */
  @Property(tries = 300)
  void aFullSmallContextCutsTheAnswerAndLosesNothing(
      @ForAll SameTextTest.Vocabularies vocabularies,
      @ForAll long seed,
      @ForAll @IntRange(max = 60) int room,
      @ForAll @IntRange(min = 1, max = 70) int chunk) {
    // A tag of several tokens may be cut in its middle, like any text.
    Assume.that(vocabularies.small.tokenizeWithControl(TagSpelling.BIGMODEL.open()).length == 1);
    Babble babble = new Babble(seed, 60);
    Play whole = vocabularies.play(new TaggedBabble(babble, 6, 4), babble).withChunk(chunk);
    Trace unlimited = whole.decode();
    List<Trace> limited = new ArrayList<>();
    for (boolean pipelined : new boolean[] {false, true}) {
      Play play = vocabularies.play(new TaggedBabble(babble, 6, 4), babble).withChunk(chunk);
      play.small.withContext(
          vocabularies.small.tokenizeWithControl(Play.SMALL_PROMPT).length + room);
      Trace trace = play.decode(SplitOptions.DEFAULT.withPipelined(pipelined));
      limited.add(trace);

      assertThat(TagSpelling.BIGMODEL.strip(unlimited.text()))
          .startsWith(TagSpelling.BIGMODEL.strip(trace.text()));
      if (trace.finishReason() == FinishReason.STOP) {
        assertThat(TagSpelling.BIGMODEL.strip(trace.text()))
            .isEqualTo(TagSpelling.BIGMODEL.strip(unlimited.text()));
      } else {
        assertThat(trace.finishReason()).isEqualTo(FinishReason.LENGTH);
      }
    }
    assertThat(Play.show(limited.get(1))).isEqualTo(Play.show(limited.get(0)));
  }

  private static int smallPrompt() {
    return Vocabulary.TAGGED.tokenizeWithControl(Play.SMALL_PROMPT).length;
  }
}
