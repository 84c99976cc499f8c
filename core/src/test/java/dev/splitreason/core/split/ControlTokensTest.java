package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.trace.Trace;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A control token of one model is the other's, whatever the two exchange. */
class ControlTokensTest {

  private static final String THINK = "</think>";

  /** Pairs whose vocabularies give the token other ids. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Vocabularies {
    IDS(
        new Vocabulary(List.of(), List.of("<bigmodel>", "</bigmodel>", THINK)),
        new Vocabulary(List.of(), List.of(THINK))),
    TEXT(
        new Vocabulary(List.of("</th", "ink", "b>"), List.of("<bigmodel>", "</bigmodel>", THINK)),
        new Vocabulary(List.of("ab"), List.of("<more>", THINK))),
    TEXT_AND_TAGS_AS_TEXT(
        new Vocabulary(List.of("l>a", "ba"), List.of(THINK)),
        new Vocabulary(List.of("ab", "k>"), List.of(THINK)));

    final Vocabulary small;
    final Vocabulary large;

    Vocabularies(Vocabulary small, Vocabulary large) {
      this.small = small;
      this.large = large;
    }
  }

  @Property(tries = 60)
  void thinkingEndsForBothWhoeverEndsIt(
      @ForAll Vocabularies vocabularies,
      @ForAll @IntRange(min = 1, max = 12) int chunk,
      @ForAll boolean pipelined) {
    String script = "a" + THINK + "b<bigmodel>ab" + THINK + "ab</bigmodel>b" + THINK + "a";
    String plain = "a" + THINK + "bab" + THINK + "abb" + THINK + "a";
    Play play =
        new Play(
                new ScriptedModel(vocabularies.small, Language.script(script)),
                new ScriptedModel(vocabularies.large, Language.script(plain)))
            .withChunk(chunk);
    Trace trace = play.decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    assertThat(Play.show(trace))
        .isEqualTo("a</think>b<bigmodel>⟦ab</think>ab⟧</bigmodel>b</think>a");
    assertThat(play.large.spelledControl).isEmpty();
    assertThat(play.small.spelledControl).isEmpty();
  }

  @Property(tries = 60)
  void itCrossesUnderPoliciesWithoutTagsToo(
      @ForAll Vocabularies vocabularies, @ForAll long seed, @ForAll boolean pipelined) {
    String script = "ab" + THINK + "aabb" + THINK + "ab";
    Play play =
        new Play(
            new ScriptedModel(vocabularies.small, Language.script(script)),
            new ScriptedModel(vocabularies.large, Language.script(script)));
    Trace trace =
        play.decode(
            SplitOptions.DEFAULT
                .withPolicy(new Policy.RandomSwitching(0.5, 1))
                .withSampling(SplitOptions.DEFAULT.sampling().withSeed(seed))
                .withPipelined(pipelined));

    assertThat(trace.text()).isEqualTo(script);
    assertThat(play.large.spelledControl).isEmpty();
    assertThat(play.small.spelledControl).isEmpty();
  }
}
