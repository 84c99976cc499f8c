package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Language.Babble;
import dev.splitreason.core.split.Language.TaggedBabble;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * With the same knowledge on both sides, who writes what makes no difference to the text; nor do
 * chunks, schedules and vocabularies.
 */
class SameTextTest {

  /** However long the machine stalls: a large model that is given up would change the text. */
  private static final SplitOptions PATIENT =
      SplitOptions.DEFAULT.withLargeTimeout(Duration.ofDays(1));

  /** How a pair's vocabularies and tags relate. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Vocabularies {
    SHARED_WITH_TAG_TOKENS(Vocabulary.TAGGED, Vocabulary.TAGGED),
    SHARED_WITH_TAGS_AS_TEXT(Vocabulary.WORDS, Vocabulary.WORDS),
    BYTES_AND_WORDS(Vocabulary.BYTES, Vocabulary.WORDS),
    WORDS_AND_BYTES(Vocabulary.WORDS, Vocabulary.BYTES),
    WORDS_AND_OTHER_WORDS(Vocabulary.WORDS, Vocabulary.OTHER_WORDS),
    OTHER_WORDS_AND_WORDS(Vocabulary.OTHER_WORDS, Vocabulary.WORDS);

    final Vocabulary small;
    final Vocabulary large;

    Vocabularies(Vocabulary small, Vocabulary large) {
      this.small = small;
      this.large = large;
    }

    Play play(Language small, Language large) {
      return new Play(new ScriptedModel(this.small, small), new ScriptedModel(this.large, large));
    }
  }

  private static String alone(Babble babble) {
    StringBuilder text = new StringBuilder();
    while (!babble.ends(text.toString())) {
      text.append(babble.character(text.toString()));
    }
    return text.toString();
  }

  @Property(tries = 400)
  void learnedTagsLeaveTheTextAsItIs(
      @ForAll Vocabularies vocabularies,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 16) int chunk,
      @ForAll boolean pipelined) {
    Babble babble = new Babble(seed, 60);
    Play play = vocabularies.play(new TaggedBabble(babble, 6, 4), babble).withChunk(chunk);
    Trace trace = play.decode(PATIENT.withPipelined(pipelined));

    assertThat(TagSpelling.BIGMODEL.strip(trace.text())).isEqualTo(alone(babble));
    assertThat(trace.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(trace.degraded()).isFalse();
  }

  /** Up to a chunk of 8: where a text without a break is cut depends on a longer one. */
  @Property(tries = 100)
  void looksChangeNoSpan(
      @ForAll Vocabularies vocabularies,
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 8) int chunk,
      @ForAll boolean pipelined) {
    Babble babble = new Babble(seed, 60);
    Trace afterEveryToken =
        vocabularies
            .play(new TaggedBabble(babble, 6, 4), babble)
            .withChunk(1)
            .decode(PATIENT.withPipelined(false));
    Trace trace =
        vocabularies
            .play(new TaggedBabble(babble, 6, 4), babble)
            .withChunk(chunk)
            .decode(PATIENT.withPipelined(pipelined));

    assertThat(Play.show(trace)).isEqualTo(Play.show(afterEveryToken));
  }

  @Property(tries = 400)
  void bothViewsAreTheKeptTextAtEveryHandOff(
      @ForAll Vocabularies vocabularies,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 16) int chunk,
      @ForAll boolean pipelined) {
    Babble babble = new Babble(seed, 60);
    Play play =
        vocabularies
            .play(new TaggedBabble(babble, 6, 4), new Babble(seed + 1, 200))
            .withChunk(chunk);
    Trace trace = play.decode(PATIENT.withPipelined(pipelined));

    StringBuilder before = new StringBuilder();
    for (Segment segment : trace.segments()) {
      if (segment.author() == Author.LARGE) {
        assertThat(play.large.decodedFrom)
            .contains(Play.LARGE_PROMPT + TagSpelling.BIGMODEL.strip(before.toString()));
      } else if (segment.text().startsWith("</bigmodel>")
          && segment.text().length() > "</bigmodel>".length()) {
        assertThat(play.small.decodedFrom).contains(Play.SMALL_PROMPT + before + "</bigmodel>");
      }
      before.append(segment.text());
    }
  }

  @Property(tries = 300)
  void randomSwitchingLeavesTheTextAsItIs(
      @ForAll Vocabularies vocabularies,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 10) int tenths,
      @ForAll @IntRange(min = 1, max = 5) int chunk,
      @ForAll boolean pipelined) {
    Babble babble = new Babble(seed, 60);
    Trace trace =
        vocabularies
            .play(babble, babble)
            .decode(
                PATIENT
                    .withPolicy(new Policy.RandomSwitching(tenths / 10.0, chunk))
                    .withSampling(Sampling.GREEDY.withSeed(seed))
                    .withPipelined(pipelined));

    assertThat(trace.text()).isEqualTo(alone(babble));
  }

  @Property(tries = 200)
  void anEntropyThresholdLeavesTheTextAsItIs(
      @ForAll Vocabularies vocabularies, @ForAll long seed, @ForAll boolean pipelined) {
    Babble babble = new Babble(seed, 60);
    Trace trace =
        vocabularies
            .play(babble, babble)
            .decode(PATIENT.withPolicy(new Policy.Entropy(2)).withPipelined(pipelined));

    assertThat(trace.text()).isEqualTo(alone(babble));
  }

  @Property(tries = 300)
  void noPolicyWithoutTagsChangesTheText(
      @ForAll Vocabularies vocabularies,
      @ForAll long seed,
      @ForAll @IntRange(max = 5) int which,
      @ForAll @IntRange(min = 1, max = 16) int chunk,
      @ForAll @IntRange(min = 1, max = 20) int spanCap,
      @ForAll boolean pipelined) {
    Babble babble = new Babble(seed, 60);
    Trace trace =
        vocabularies
            .play(babble, babble)
            .withChunk(chunk)
            .withSpanCap(spanCap)
            .decode(PATIENT.withPolicy(untagged(which)).withPipelined(pipelined));

    assertThat(trace.text()).isEqualTo(alone(babble));
    assertThat(trace.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(trace.degraded()).isFalse();
  }

  @Property(tries = 200)
  void policiesWithoutTagsAreTheSamePipelinedAndSequential(
      @ForAll Vocabularies vocabularies,
      @ForAll long seed,
      @ForAll @IntRange(max = 5) int which,
      @ForAll boolean sampled) {
    SplitOptions options =
        PATIENT
            .withPolicy(untagged(which))
            .withSampling(sampled ? Sampling.at(1, seed) : Sampling.GREEDY)
            .withMaxTokens(120);
    Play sequential = vocabularies.play(new Babble(seed, 60), new Babble(seed + 1, 60));
    Play pipelined = vocabularies.play(new Babble(seed, 60), new Babble(seed + 1, 60));
    pipelined.small.with(SameTextTest::pause);
    pipelined.large.with(SameTextTest::pause);
    Trace one = sequential.decode(options.withPipelined(false));
    Trace other = pipelined.decode(options.withPipelined(true));

    assertThat(Play.show(other)).isEqualTo(Play.show(one));
    assertThat(other.usage().largeTokens()).isEqualTo(one.usage().largeTokens());
    assertThat(other.usage().rejectedTokens()).isEqualTo(one.usage().rejectedTokens());
    assertThat(other.finishReason()).isEqualTo(one.finishReason());
  }

  private static Policy untagged(int which) {
    return Policy.parse(
        new String[] {"glimpse:2", "cues:a|1", "judged:0.05", "judged:1", "route:0.5:5", "route:9"}
            [which]);
  }

  @Property(tries = 300)
  void pipelinedAndSequentialAreTheSameUnderAnySchedule(
      @ForAll Vocabularies vocabularies,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 16) int chunk,
      @ForAll @IntRange(min = 0, max = 3) int lag,
      @ForAll boolean sampled) {
    Babble babble = new Babble(seed, 60);
    Sampling sampling = sampled ? Sampling.at(1, seed) : Sampling.GREEDY;
    SplitOptions options = PATIENT.withSampling(sampling).withMaxTokens(150);
    Play sequential =
        vocabularies
            .play(new TaggedBabble(babble, 6, 8), new Babble(seed + 1, 60))
            .withChunk(chunk);
    Play pipelined =
        vocabularies
            .play(new TaggedBabble(babble, 6, 8), new Babble(seed + 1, 60))
            .withChunk(chunk);
    pipelined.small.with(SameTextTest::pause);
    pipelined.large.with(SameTextTest::pause).withLag(lag);
    Trace one = sequential.decode(options.withPipelined(false));
    Trace other = pipelined.decode(options.withPipelined(true));

    assertThat(other.degradedBecause()).isNull();
    assertThat(Play.show(other)).isEqualTo(Play.show(one));
    assertThat(other.usage().smallTokens()).isEqualTo(one.usage().smallTokens());
    assertThat(other.usage().largeTokens()).isEqualTo(one.usage().largeTokens());
    assertThat(other.finishReason()).isEqualTo(one.finishReason());
  }

  @Property(tries = 3000)
  void theStepsInWhichASpanIsReadAreTheSameText(
      @ForAll Vocabularies vocabularies,
      @ForAll @LongRange(min = 0, max = 10_000) long seed,
      @ForAll @IntRange(min = 1, max = 7) int chunk) {
    Babble babble = new Babble(seed, 60);
    Play play = vocabularies.play(new TaggedBabble(babble, 6, 8), new Babble(seed + 1, 60));
    SplitOptions options =
        PATIENT.withSampling(Sampling.at(1, seed)).withMaxTokens(150).withPipelined(false);
    String one = Play.show(play.withChunk(chunk).decode(options));
    String other = Play.show(play.withChunk(8).decode(options));

    assertThat(other).isEqualTo(one);
  }

  @SuppressWarnings("ThreadPriorityCheck") // to shuffle threads, not to rely on them
  private static void pause(ScriptedModel.Operation operation, int count) {
    int dice = ThreadLocalRandom.current().nextInt(8);
    if (dice == 0) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(200_000));
    } else if (dice < 4) {
      Thread.yield();
    }
  }

  @Property(tries = 200)
  void sequentiallyTheSameSeedIsTheSameTrace(
      @ForAll Vocabularies vocabularies, @ForAll long seed, @ForAll boolean random) {
    SplitOptions options =
        PATIENT
            .withPolicy(random ? new Policy.RandomSwitching(0.3, 2) : new Policy.Learned())
            .withSampling(Sampling.at(1, seed))
            .withMaxTokens(120)
            .withPipelined(false);
    Babble babble = new Babble(seed, 60);
    Play play = vocabularies.play(new TaggedBabble(babble, 6, 8), new Babble(seed + 1, 60));
    Trace one = play.decode(options);
    Trace other = play.decode(options);

    assertThat(Play.show(other)).isEqualTo(Play.show(one));
    assertThat(other.usage()).isEqualTo(one.usage());
  }
}
