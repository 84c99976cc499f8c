package dev.splitreason.training.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.tag.TagSpelling;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

class TagRewardProperties {

  private static final TagSpelling TAGS = TagSpelling.BIGMODEL;
  private static final Peak PEAK = new Peak(3, 0.2, 0.1, -1);

  @Property
  void theCountIsThatOfClosedSpans(
      @ForAll @AlphaChars String words, @ForAll @IntRange(max = 12) int spans) {
    String text = words + (TAGS.wrap(words) + words).repeat(spans);

    assertThat(count(text, 0.5)).isEqualTo(PEAK.value(spans));
  }

  @Property
  void eachTagWithoutAPartnerCostsThePenaltyDownToTheFloor(
      @ForAll @AlphaChars String words, @ForAll @IntRange(max = 6) int strays) {
    String text = TAGS.wrap(words) + (TAGS.close() + words).repeat(strays);

    assertThat(count(text, 0.5))
        .isCloseTo(Math.max(PEAK.floor(), PEAK.value(1) - 0.5 * strays), within(1e-12));
  }

  @Example
  void anUnclosedSpanIsNoSpan() {
    assertThat(count("a" + TAGS.open() + "b", 0)).isEqualTo(PEAK.value(0));
  }

  @Property
  void coverageIsTheShareOfCharactersInsideTags(
      @ForAll @NotEmpty @AlphaChars String inside, @ForAll @AlphaChars String outside) {
    double share = (double) inside.length() / (inside.length() + outside.length());
    Peak peak = new Peak(0.3, 2, 1, -5);

    assertThat(coverage(outside + TAGS.wrap(inside), peak)).isEqualTo(peak.value(share));
  }

  @Property
  void whereTheSpansAreDoesNotMatterToCoverage(
      @ForAll @NotEmpty @AlphaChars String inside,
      @ForAll @AlphaChars String before,
      @ForAll @AlphaChars String after) {
    Peak peak = new Peak(0.2, 1, 1, -5);

    assertThat(coverage(before + TAGS.wrap(inside) + after, peak))
        .isEqualTo(coverage(TAGS.wrap(inside) + after + before, peak));
  }

  @Example
  void unpairedTagsHaveTheFloorOfCoverage() {
    Peak peak = new Peak(0.5, 1, 1, -2);

    assertThat(coverage("a" + TAGS.open() + "b", peak)).isEqualTo(-2);
    assertThat(coverage("", peak)).isEqualTo(0.5);
  }

  @Example
  void theDefaultsAreBestAtAModerateUseOfTags() {
    assertThat(TagCountReward.DEFAULT.peak().value(0)).isZero();
    assertThat(TagCountReward.DEFAULT.peak().value(12)).isZero();
    assertThat(CoverageReward.DEFAULT.peak().value(0)).isZero();
    assertThat(CoverageReward.DEFAULT.peak().value(2 / 3.0)).isCloseTo(0, within(1e-12));
  }

  private static double count(String text, double penalty) {
    return new TagCountReward(PEAK, penalty, TAGS).of(Completions.saying(text));
  }

  private static double coverage(String text, Peak peak) {
    return new CoverageReward(peak, TAGS).of(Completions.saying(text));
  }
}
