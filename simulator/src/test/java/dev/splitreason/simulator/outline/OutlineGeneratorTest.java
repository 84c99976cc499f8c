package dev.splitreason.simulator.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.trace.Author;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OutlineGeneratorTest {

  private static OutlineGenerator generator(String answer, String span, double share) {
    return new OutlineGenerator(
        new Lengths.Fixed(50), Lengths.parse(answer), Lengths.parse(span), share);
  }

  private static double share(List<Outline> outlines) {
    double large = outlines.stream().mapToInt(outline -> outline.tokens(Author.LARGE)).sum();
    return large / outlines.stream().mapToInt(Outline::tokens).sum();
  }

  @Test
  void longAnswersHaveTheAskedForShare() {
    List<Outline> outlines = generator("10000", "geometric:32", 0.0135).generate(50, 3);

    assertThat(share(outlines)).isCloseTo(0.0135, within(1e-4));
    assertThat(outlines).allSatisfy(outline -> assertThat(outline.tokens()).isEqualTo(10_000));
  }

  @Test
  void shortAnswersHaveItOnAverage() {
    assertThat(share(generator("70", "2", 0.05).generate(20_000, 3))).isCloseTo(0.05, within(1e-3));
  }

  @Test
  void spansHaveTheAskedForLength() {
    double spans =
        generator("10000", "geometric:32", 0.2).generate(50, 3).stream()
            .flatMap(outline -> outline.turns().stream())
            .filter(turn -> turn.author() == Author.LARGE)
            .mapToInt(OutlineTurn::tokens)
            .average()
            .orElseThrow();

    assertThat(spans).isCloseTo(32, within(2.0));
  }

  @Test
  void noShareMeansOneTurnOfTheSmallModelWithoutTags() {
    assertThat(generator("100", "8", 0).generate(1, 3))
        .containsExactly(new Outline(50, List.of(new OutlineTurn(Author.SMALL, 100, 0))));
  }

  @Test
  void theWholeShareLeavesTheSmallModelItsTags() {
    Outline outline = generator("100", "8", 1).generate(1, 3).getFirst();

    assertThat(outline.tokens(Author.LARGE)).isEqualTo(100);
    assertThat(outline.tokens(Author.SMALL)).isEqualTo(2);
  }

  @Test
  void theSeedDecidesEverything() {
    OutlineGenerator generator = generator("lognormal:1000:0.5", "geometric:32", 0.05);

    assertThat(generator.generate(20, 3)).isEqualTo(generator.generate(20, 3));
    assertThat(generator.generate(20, 3)).isNotEqualTo(generator.generate(20, 4));
  }

  @Test
  void moreAnswersBeginWithTheSameOnes() {
    OutlineGenerator generator = generator("lognormal:1000:0.5", "geometric:32", 0.05);

    assertThat(generator.generate(20, 3))
        .startsWith(generator.generate(5, 3).toArray(new Outline[0]));
  }

  @Test
  void redrawnAnswersKeepTheirLengths() {
    List<Outline> recorded = generator("lognormal:1000:0.5", "8", 0.3).generate(20, 3);

    List<Outline> redrawn =
        new OutlineGenerator(
                new Lengths.Fixed(1),
                new Lengths.Fixed(1),
                new Lengths.Observed(List.of(2, 2, 5)),
                0.05)
            .redraw(recorded, 4);

    assertThat(redrawn)
        .extracting(Outline::tokens)
        .isEqualTo(recorded.stream().map(Outline::tokens).toList());
    assertThat(redrawn).allSatisfy(outline -> assertThat(outline.promptTokens()).isEqualTo(50));
    assertThat(share(redrawn)).isCloseTo(0.05, within(2e-3));
  }

  @Test
  void aShareIsBetweenNothingAndEverything() {
    assertThatThrownBy(() -> generator("100", "8", 1.2))
        .hasMessage("the offload ratio must be in 0 … 1, not 1.2");
    assertThatThrownBy(() -> generator("100", "8", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void everyOutlineAlternatesAndTagsEverySpan(
      @ForAll @IntRange(min = 1, max = 3000) int answer,
      @ForAll @IntRange(min = 1, max = 100) int span,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll long seed) {
    Outline outline =
        generator("" + answer, "geometric:" + span, share).generate(1, seed).getFirst();

    int spans = 0;
    int tags = 0;
    for (int i = 0; i < outline.turns().size(); i++) {
      OutlineTurn turn = outline.turns().get(i);
      assertThat(turn.author()).isEqualTo(i % 2 == 0 ? Author.SMALL : Author.LARGE);
      spans += turn.author() == Author.LARGE ? 1 : 0;
      tags += turn.tags();
    }
    assertThat(tags).isEqualTo(2 * spans);
    assertThat(outline.tokens()).isBetween(answer, answer + 2);
    assertThat(outline.tokens(Author.LARGE))
        .isBetween((int) Math.floor(share * answer), (int) Math.ceil(share * answer + 1e-9));
  }
}
