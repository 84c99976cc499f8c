package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Language.Babble;
import dev.splitreason.core.split.Language.TaggedBabble;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The offload bias on tags of several tokens: it makes whole tags likelier, and shows nowhere else.
 */
class TextTagBiasTest {

  private static final String OPEN = TagSpelling.BIGMODEL.open();

  private static Play play(Babble babble) {
    return new Play(
        new ScriptedModel(Vocabulary.WORDS, new TaggedBabble(babble, 8, 4)),
        new ScriptedModel(Vocabulary.WORDS, babble));
  }

  private static SplitOptions biased(double bias, boolean sampled, long seed) {
    Sampling sampling = sampled ? Sampling.at(0.7, seed) : Sampling.GREEDY;
    return SplitOptions.DEFAULT
        .withOffloadBias(bias)
        .withSampling(sampling)
        .withMaxTokens(120)
        .withPipelined(false);
  }

  @Property(tries = 60)
  void theFirstPlaceWhereABiasShowsIsAWholeTag(
      @ForAll long seed,
      @ForAll boolean sampled,
      @ForAll @DoubleRange(min = 0.5, max = 12) double bias) {
    Babble babble = new Babble(seed, 60);
    String with = play(babble).decode(biased(bias, sampled, seed)).text();
    String without = play(babble).decode(biased(0, sampled, seed)).text();

    if (!with.equals(without)) {
      assertThat(with.substring(tagAt(with, without))).startsWith(OPEN);
    }
  }

  @Property(tries = 60)
  void theFirstPlaceWhereABiasBelow0ShowsIsATagThatIsNotThere(
      @ForAll long seed,
      @ForAll boolean sampled,
      @ForAll @DoubleRange(min = 0.5, max = 12) double bias) {
    Babble babble = new Babble(seed, 60);
    String with = play(babble).decode(biased(-bias, sampled, seed)).text();
    String without = play(babble).decode(biased(0, sampled, seed)).text();

    if (!with.equals(without)) {
      assertThat(without.substring(tagAt(without, with))).startsWith(OPEN);
    }
  }

  /** Where the tag begins that holds, or begins at, the first difference of two texts. */
  private static int tagAt(String tagged, String other) {
    int common = 0;
    while (common < Math.min(tagged.length(), other.length())
        && tagged.charAt(common) == other.charAt(common)) {
      common++;
    }
    for (int at = common; at >= Math.max(0, common - OPEN.length()); at--) {
      if (tagged.startsWith(OPEN, at)) {
        return at;
      }
    }
    return common;
  }

  @Timeout(60)
  @Test
  void aGreatBiasOpensAtOnceAndStillBeginsNoOtherText() {
    Play play =
        new Play(
            new ScriptedModel(
                new Vocabulary(List.of("<small>", "<", "big"), List.of()),
                text -> text.endsWith("ab") ? "</bigmodel>" : "ab"),
            new ScriptedModel(Vocabulary.BYTES, Language.repeating("ab")));
    Trace trace =
        play.decode(
            SplitOptions.DEFAULT.withOffloadBias(50).withMaxTokens(60).withPipelined(false));

    assertThat(trace.text()).startsWith(OPEN);
    assertThat(TagSpelling.BIGMODEL.strip(trace.text())).doesNotContain("<");
  }

  @Timeout(60)
  @Test
  void aLowBiasLeavesTextThatBeginsLikeATag() {
    String script = "1<big2<bigmodel>3</bigmodel>4";
    Play play =
        new Play(
            new ScriptedModel(
                Vocabulary.BYTES,
                text ->
                    script.startsWith(text)
                        ? script.substring(text.length())
                        : "1<big2".equals(text.substring(0, Math.min(6, text.length())))
                                && text.length() < 8
                            ? "!"
                            : ""),
            new ScriptedModel(Vocabulary.BYTES, Language.script("1<big234")));
    Trace trace = play.decode(SplitOptions.DEFAULT.withOffloadBias(-100));

    assertThat(Play.show(trace)).startsWith("1<big2").doesNotContain("⟦").doesNotContain(OPEN);
    assertThat(trace.finishReason()).isEqualTo(FinishReason.STOP);
  }
}
