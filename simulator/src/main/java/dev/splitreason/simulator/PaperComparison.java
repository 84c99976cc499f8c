package dev.splitreason.simulator;

import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SpanProbe;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.outline.OutlineGenerator;
import dev.splitreason.simulator.profile.PairProfile;
import java.util.List;

/**
 * The speed-ups over the large model alone that arXiv 2504.16379 reports, beside simulated ones.
 *
 * <p>The paper does not print how it simulated. Its published code closes a span by a continuation
 * of 8 tokens that the small model writes after every token of it; if the large model waits for
 * that, each of its tokens costs 8 small steps more. One pass over the span costs next to nothing.
 *
 * @param rows one for each offload ratio that the paper reports
 */
public record PaperComparison(List<Row> rows) {

  /** The tokens of a continuation in the published code. */
  private static final int CONTINUATION = 8;

  private static final int ANSWERS = 20;

  public PaperComparison {
    rows = List.copyOf(rows);
  }

  /**
   * One offload ratio.
   *
   * @param offloadRatio the large model's share of the tokens
   * @param reportedFrom the least that the paper reports
   * @param reportedTo the most that the paper reports
   * @param bound what no schedule of split decoding can pass
   * @param pipelined with spans closed by one pass
   * @param byContinuations pipelined, with the large model waiting after each token for a
   *     continuation as in the published code
   */
  public record Row(
      double offloadRatio,
      double reportedFrom,
      double reportedTo,
      double bound,
      double pipelined,
      double byContinuations) {}

  /** Simulates what the paper reports on the hardware of its figure 1. */
  public static PaperComparison simulate(
      PairProfile profile, OutlineGenerator outlines, SplitSettings settings, long seed) {
    return new PaperComparison(
        List.of(
            row(profile, outlines.withOffloadRatio(0.0135), settings, seed, 8, 9),
            row(profile, outlines.withOffloadRatio(0.05), settings, seed, 4, 6)));
  }

  private static Row row(
      PairProfile profile,
      OutlineGenerator generator,
      SplitSettings settings,
      long seed,
      double from,
      double to) {
    List<Outline> outlines = generator.generate(ANSWERS, seed);
    SplitSettings published =
        settings.withChunk(1).withProbe(new SpanProbe.Continuations(CONTINUATION));
    SimulationReport onePass =
        new Simulation(profile, outlines, settings, seed).run(List.of(Mode.PIPELINED));
    SimulationReport continuations =
        new Simulation(profile, outlines, published, seed).run(List.of(Mode.PIPELINED));
    return new Row(
        generator.offloadRatio(),
        from,
        to,
        onePass.speedupBound(),
        onePass.results().getFirst().speedupOverLarge(),
        continuations.results().getFirst().speedupOverLarge());
  }
}
