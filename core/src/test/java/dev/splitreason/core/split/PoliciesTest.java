package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Language.Babble;
import dev.splitreason.core.split.Language.TaggedBabble;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.TokenTime;
import dev.splitreason.core.trace.Trace;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

  private static SplitOptions policy(String policy) {
    return SplitOptions.DEFAULT.withPolicy(Policy.parse(policy));
  }

  @Timeout(60)
  @Test
  void smallOnlyNeverOpensTheLargeModel() {
    Play play = Play.of(Language.script("abc"), Language.script("xyz"));
    Trace trace = play.decode(policy("small"));

    assertThat(Play.show(trace)).isEqualTo("abc");
    assertThat(play.large.evaluated).hasValue(0);
  }

  @Timeout(60)
  @Test
  void largeOnlyNeverOpensTheSmallModel() {
    Play play = Play.of(Language.script("abc"), Language.script("xyz"));
    Trace trace = play.decode(policy("large"));

    assertThat(Play.show(trace)).isEqualTo("⟦xyz⟧");
    assertThat(play.small.evaluated).hasValue(0);
  }

  @Timeout(60)
  @Test
  void withoutTagsTheBaseModelWritesAndSeesNoHint() {
    ScriptedModel base = new ScriptedModel(Vocabulary.TAGGED, Language.script("base"));
    Trace trace =
        Play.of(Language.script("abc"), Language.script("xyz"))
            .withBase(base)
            .decode(policy("small"));

    assertThat(trace.text()).isEqualTo("base");
    assertThat(base.decodedFrom).containsExactly(Play.LARGE_PROMPT);
  }

  @Timeout(60)
  @Test
  void aTagIsJustTextToALargeModelThatWritesAlone() {
    String text = "a<bigmodel>b</bigmodel>c";
    Play play =
        new Play(
            new ScriptedModel(Vocabulary.TAGGED, Language.script("")),
            new ScriptedModel(Vocabulary.BYTES, Language.script(text)));

    assertThat(Play.show(play.decode(policy("large")))).isEqualTo("⟦" + text + "⟧");
  }

  @Timeout(60)
  @Test
  void theLargeModelWritesWhereTheSmallOneIsUncertain() {
    Language small = Language.script("12+21=33.").uncertainAfter("=").uncertainAfter("=3");
    Trace trace = Play.of(small, Language.script("12+21=33.")).decode(policy("entropy:2"));

    assertThat(Play.show(trace)).isEqualTo("12+21=⟦33⟧.");
  }

  /** A turn too short for the large model's first character gives the small one its place. */
  @Timeout(60)
  @ParameterizedTest
  @ValueSource(
      strings = {"glimpse:2", "entropy:2", "judged:0.05", "route:0.5", "cues:字", "random:1:1"})
  void aCharacterThatFitsNoTurnOfTheLargeModelIsTheSmallOnes(String policy) {
    Language uncertain = Language.script("字a字\nb").uncertainAfter("");
    Play play =
        new Play(
                new ScriptedModel(Vocabulary.BYTES, uncertain),
                new ScriptedModel(Vocabulary.BYTES, Language.script("字a字\nb")))
            .withSpanCap(2);
    Trace trace = play.decode(policy(policy));

    assertThat(trace.text()).isEqualTo("字a字\nb");
    assertThat(trace.finishReason()).isEqualTo(FinishReason.STOP);
  }

  /** To know where a word ends, the small model need not see the next one. */
  @Timeout(60)
  @Test
  void aSpanThatIsReadAsTextIsNotWrittenBeyondItsEnd() {
    Language small = Language.script("ab 12+21=33 aa b").uncertainAfter("=").uncertainAfter("=3");
    Play play =
        new Play(
            new ScriptedModel(Vocabulary.BYTES, small),
            new ScriptedModel(Vocabulary.WORDS, Language.script("ab 12+21=33 aa b")));
    Trace trace = play.decode(policy("entropy:2").withPipelined(false));

    assertThat(Play.show(trace)).isEqualTo("ab 12+21=⟦33⟧ aa b");
    assertThat(trace.usage().discardedTokens()).isZero();
  }

  @Timeout(60)
  @Test
  void anUncertainFirstTokenGivesTheLargeModelTheStep() {
    Language small = Language.script("1+1=2\n2+2=4\n4+4=8").uncertainAfter("2\n");
    Trace trace =
        Play.of(small, Language.script("1+1=2\n2+2=4\n4+4=8")).decode(policy("glimpse:2"));

    assertThat(Play.show(trace)).isEqualTo("1+1=2\n⟦2+2=4\n⟧4+4=8");
  }

  @Timeout(60)
  @Test
  void uncertaintyElsewhereInAStepGivesItNothing() {
    Language small = Language.script("1+1=2\n2+2=4").uncertainAfter("=");
    Trace trace = Play.of(small, Language.script("1+1=2\n2+2=4")).decode(policy("glimpse:2"));

    assertThat(Play.show(trace)).isEqualTo("1+1=2\n2+2=4");
  }

  @Timeout(60)
  @Test
  void aCueGivesTheLargeModelTheRestOfTheSentence() {
    String text = "It is 3. Wait, 3.5 is more! So await it. However\nno";
    Trace trace = Play.of(Language.script(text), Language.script(text)).decode(policy("cues"));

    assertThat(Play.show(trace))
        .isEqualTo("It is 3. Wait⟦, 3.5 is more!⟧ So await it. However⟦\n⟧no");
    assertThat(trace.usage().discardedTokens()).isEqualTo(1);
  }

  @Timeout(60)
  @Test
  void aStepThatSurprisesTheLargeModelIsWrittenAnew() {
    Language right = Language.script("1+1=2\n2+2=4\n");
    Language wrong = Language.script("1+1=3\n2+2=4\n");
    Play play = Play.of(text -> (text.startsWith("1+1=2") ? right : wrong).next(text), right);
    Trace trace = play.decode(policy("judged:1"));

    assertThat(Play.show(trace)).isEqualTo("⟦1+1=2\n⟧2+2=4\n");
    assertThat(trace.usage().rejectedTokens()).isEqualTo(6);
    assertThat(play.pieces).noneMatch(piece -> piece.contains("3"));
  }

  @Timeout(60)
  @Test
  void aQuestionWhoseFirstTokensAreUncertainIsTheLargeModels() {
    Language small = Language.script("well, it is 3").uncertainAfter("l");
    Language large = Language.script("it is 4");

    assertThat(Play.show(Play.of(small, large).decode(policy("route:0.5:4"))))
        .isEqualTo("⟦it is 4⟧");
    assertThat(Play.show(Play.of(small, large).decode(policy("route:9:4"))))
        .isEqualTo("well, it is 3");
  }

  @Timeout(60)
  @Test
  void aBudgetOfTokensIsSpentAndNoMore() {
    Language text = Language.script("1+1=2\n2+2=4\n4+4=8");
    Trace trace = Play.of(text, text).decode(policy("route:0:4").withLargeBudget(7));

    assertThat(Play.show(trace)).isEqualTo("⟦1+1=2\n2⟧+2=4\n4+4=8");
  }

  @Timeout(60)
  @Test
  void largeOnlyCannotKeepABudget() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Play.of(Language.script(""), Language.script(""))
                    .decode(policy("large").withLargeBudget(5)))
        .withMessageContaining("budget of 5");
  }

  @Timeout(60)
  @Test
  void uncertaintyInsideACharacterWaitsForItsEnd() {
    Language always = Language.script("é字😀");
    Language small =
        new Language() {
          @Override
          public String next(String text) {
            return always.next(text);
          }

          @Override
          public double confidence(String text) {
            return 0.01;
          }
        };
    for (Vocabulary other : new Vocabulary[] {Vocabulary.TAGGED, Vocabulary.WORDS}) {
      Play play =
          new Play(new ScriptedModel(Vocabulary.TAGGED, small), new ScriptedModel(other, always));

      assertThat(play.decode(policy("entropy:2")).text()).isEqualTo("é字😀");
    }
  }

  @Timeout(60)
  @Test
  void aLargeModelWhoseCharacterIsLongerThanItsTurnDoesNotStopTheAnswer() {
    Language always = Language.repeating("😀").uncertainAfter("😀");
    Play play = Play.of(always, Language.repeating("😀")).withSpanCap(1);
    Trace trace = play.decode(policy("entropy:2").withMaxTokens(40));

    assertThat(trace.text()).startsWith("😀😀");
    assertThat(trace.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Timeout(60)
  @Test
  void theLargeModelAloneStopsBeforeACharacterThatDoesNotFit() {
    Trace trace =
        Play.of(Language.script(""), Language.repeating("é字"))
            .decode(policy("large").withMaxTokens(9));

    assertThat(trace.text()).isEqualTo("é字é");
    assertThat(trace.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Timeout(60)
  @Test
  void largeOnlyCannotKeepACap() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Play.of(Language.script(""), Language.script(""))
                    .decode(policy("large").withMaxOffloadRatio(0.5)))
        .withMessageContaining("0.5");
  }

  @Property(tries = 200)
  void theCapHoldsAfterEveryToken(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 1) double cap,
      @ForAll @IntRange(max = 6) int which,
      @ForAll @IntRange(max = 30) int budget,
      @ForAll boolean pipelined) {
    Babble babble = new Babble(seed, 80);
    String name =
        new String[] {
              "learned",
              "random:0.5:3",
              "entropy:2",
              "glimpse:2",
              "cues:a|b",
              "judged:0.05",
              "route:0.01:4"
            }
            [which];
    Trace trace =
        Play.of(new TaggedBabble(babble, 3, 6), new Babble(seed + 1, 80))
            .decode(
                policy(name)
                    .withMaxOffloadRatio(cap)
                    .withLargeBudget(budget)
                    .withMaxTokens(150)
                    .withPipelined(pipelined)
                    .withSampling(Sampling.GREEDY.withSeed(seed)));

    int all = 0;
    int large = 0;
    for (TokenTime token : trace.tokenTimes()) {
      all++;
      large += token.author() == Author.LARGE ? 1 : 0;
      assertThat((double) large / all).isLessThanOrEqualTo(cap + 1e-8);
    }
    assertThat(large).isLessThanOrEqualTo(budget);
  }

  @Property(tries = 60)
  void aHigherBiasOpensNoLater(@ForAll long seed) {
    Babble babble = new Babble(seed, 80);
    int before = Integer.MAX_VALUE;
    for (double bias : new double[] {-20, 0, 8, 20}) {
      Trace trace =
          Play.of(new TaggedBabble(babble, 8, 6), babble)
              .decode(SplitOptions.DEFAULT.withOffloadBias(bias).withMaxTokens(100));
      int opened = trace.text().indexOf("<bigmodel>");
      int first = opened < 0 ? Integer.MAX_VALUE : opened;
      assertThat(first).isLessThanOrEqualTo(before);
      before = first;
    }
    assertThat(before).isZero();
  }
}
