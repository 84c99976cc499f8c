package dev.splitreason.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SpanProbe;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.outline.Lengths;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.outline.OutlineGenerator;
import dev.splitreason.simulator.profile.Profiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The speed-ups of arXiv 2504.16379 (8-9x at 1.35 %, 4-6x at about 5 %), simulated. */
class PaperFiguresTest {

  private static double speedup(double share, String span, SplitSettings settings, Mode mode)
      throws IOException {
    List<Outline> outlines =
        new OutlineGenerator(
                new Lengths.Fixed(200), new Lengths.Fixed(8000), Lengths.parse(span), share)
            .generate(20, 1);
    return new Simulation(Profiles.load("paper-h100"), outlines, settings, 1)
        .run(List.of(mode))
        .results()
        .getFirst()
        .speedupOverLarge();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "geometric:32", "geometric:128"})
  void pipelinedAtTheMedianOffloadIsEightToNineTimesAsFast(String span) throws IOException {
    assertThat(speedup(0.0135, span, SplitSettings.DEFAULT, Mode.PIPELINED)).isBetween(8.0, 9.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "geometric:32", "geometric:128"})
  void atFivePercentOnePassProbesBeatThePaper(String span) throws IOException {
    // The bound is 1 / (0.95 / 10 + 0.05) = 6.9: the paper's 4-6 has costs that are not needed.
    assertThat(speedup(0.05, span, SplitSettings.DEFAULT, Mode.PIPELINED)).isBetween(6.0, 6.9);
  }

  @Test
  void aContinuationAfterEveryTokenLandsInBothOfThePapersRanges() throws IOException {
    SplitSettings published =
        SplitSettings.DEFAULT.withChunk(1).withProbe(new SpanProbe.Continuations(8));

    assertThat(speedup(0.0135, "geometric:32", published, Mode.PIPELINED)).isBetween(8.0, 9.0);
    assertThat(speedup(0.05, "geometric:32", published, Mode.PIPELINED)).isBetween(4.0, 6.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 32})
  void soDoesThePublishedWayInChunksAtFivePercent(int chunk) throws IOException {
    SplitSettings published =
        SplitSettings.DEFAULT.withChunk(chunk).withProbe(new SpanProbe.Continuations(8));

    assertThat(speedup(0.05, "geometric:32", published, Mode.SEQUENTIAL)).isBetween(4.0, 6.0);
  }

  @Test
  void theBoundIsTheRatioOfTheMeanTokenTimes() throws IOException {
    List<Outline> outlines =
        new OutlineGenerator(
                new Lengths.Fixed(1), new Lengths.Fixed(100_000), new Lengths.Fixed(5000), 0.05)
            .generate(1, 1);

    double bound =
        new Simulation(Profiles.load("paper-h100"), outlines, SplitSettings.DEFAULT, 1)
            .run(List.of())
            .speedupBound();

    assertThat(bound).isBetween(6.89, 6.90);
  }
}
