package dev.splitreason.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.simulator.profile.LinearTime;
import dev.splitreason.simulator.profile.ModelProfile;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReplayTest {

  /** A decode step takes 1 s and 10 s; nothing else takes time. */
  private static final Replay REPLAY =
      new Replay(
          Answers.pair(
              ModelProfile.local("small", LinearTime.ofRates(1e9, 1)),
              ModelProfile.local("large", LinearTime.ofRates(1e9, 0.1))));

  /** As above, but a pass takes its second whatever it computes, a look at a span too. */
  private static final Replay LOOKING =
      new Replay(
          Answers.pair(
              ModelProfile.local("small", LinearTime.ofRates(1, 1)),
              ModelProfile.local("large", LinearTime.ofRates(1e9, 0.1))));

  private static final Offset<Double> CLOSELY = within(1e-6);

  private static final Trace MIXED =
      trace(
          segment(Author.SMALL, "abc<bigmodel>", 4),
          segment(Author.LARGE, "de", 2),
          segment(Author.SMALL, "</bigmodel>fg", 3));

  @Test
  void aModelAloneTakesItsTimeForEveryToken() {
    Trace small = trace(segment(Author.SMALL, "abcdef", 6));
    Trace large = trace(segment(Author.LARGE, "abcdef", 6));

    assertThat(REPLAY.meanSeconds(List.of(small), new Policy.SmallOnly())).isCloseTo(6, CLOSELY);
    assertThat(REPLAY.meanSeconds(List.of(large), new Policy.LargeOnly())).isCloseTo(60, CLOSELY);
  }

  @Test
  void turnsOfARuleTakeTheTimeOfTheirTokensAndNothingIsDiscarded() {
    Trace random =
        trace(
            segment(Author.SMALL, "abc", 3),
            segment(Author.LARGE, "de", 2),
            segment(Author.SMALL, "fg", 2));

    double seconds = REPLAY.meanSeconds(List.of(random), new Policy.RandomSwitching(0.3, 1));

    // What remains is the small model's look at the last token of the large one.
    assertThat(seconds).isBetween(25.0, 26.0);
  }

  @Test
  void aTaggedSpanCostsTheTokenThatIsUnderWayWhenItCloses() {
    assertThat(REPLAY.meanSeconds(List.of(MIXED), new Policy.Learned())).isBetween(36.0, 37.0);
  }

  @Test
  void aSpanIsLookedAtAsOftenAsWhereItWasRecorded() {
    Segment[] answer = {
      segment(Author.SMALL, "abc<bigmodel>", 4),
      segment(Author.LARGE, "de", 2),
      segment(Author.SMALL, "</bigmodel>fg", 3)
    };
    Trace often = trace(new SpanSettings(TagSpelling.BIGMODEL, 1, 512), answer);
    Trace capped = trace(new SpanSettings(TagSpelling.BIGMODEL, 8, 2), answer);
    var learned = new Policy.Learned();

    double usual = LOOKING.meanSeconds(List.of(trace(answer)), learned);

    assertThat(LOOKING.meanSeconds(List.of(often), learned)).isLessThan(usual);
    assertThat(LOOKING.meanSeconds(List.of(capped), learned)).isLessThan(usual);
    assertThat(LOOKING.meanSeconds(List.of(trace(answer), often), learned))
        .isCloseTo((usual + LOOKING.meanSeconds(List.of(often), learned)) / 2, CLOSELY);
  }

  @Test
  void tagsAreToldInTheSpellingOfTheirPair() {
    var spans = new SpanSettings(new TagSpelling("<<", ">>"), 8, 512);
    Trace other =
        trace(
            spans,
            segment(Author.SMALL, "abc<<", 4),
            segment(Author.LARGE, "de", 2),
            segment(Author.SMALL, ">>fg", 3));

    assertThat(REPLAY.meanSeconds(List.of(other), new Policy.Learned()))
        .isCloseTo(REPLAY.meanSeconds(List.of(MIXED), new Policy.Learned()), CLOSELY);
  }

  @Test
  void theMeanIsOverAnswersThatHaveText() {
    Trace none = trace(segment(Author.SMALL, "<bigmodel></bigmodel>", 2));
    double one = REPLAY.meanSeconds(List.of(MIXED), new Policy.Learned());

    assertThat(REPLAY.meanSeconds(List.of(MIXED, none, MIXED), new Policy.Learned()))
        .isCloseTo(one, CLOSELY);
    assertThat(REPLAY.meanSeconds(List.of(), new Policy.Learned())).isZero();
  }

  private static Segment segment(Author author, String text, int tokens) {
    return new Segment(author, text, tokens, 0, 1);
  }

  private static Trace trace(Segment... segments) {
    return trace(SpanSettings.DEFAULT, segments);
  }

  private static Trace trace(SpanSettings spans, Segment... segments) {
    int small = 0;
    int large = 0;
    for (Segment segment : segments) {
      small += segment.author() == Author.SMALL ? segment.tokens() : 0;
      large += segment.author() == Author.LARGE ? segment.tokens() : 0;
    }
    return new Trace(
        List.of(segments),
        new Usage(small, large, 0, 10 + large, 10 + small),
        FinishReason.STOP,
        false,
        null,
        1,
        List.of(),
        spans);
  }
}
