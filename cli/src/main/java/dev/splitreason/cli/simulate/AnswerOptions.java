package dev.splitreason.cli.simulate;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.simulator.outline.Lengths;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.outline.OutlineGenerator;
import dev.splitreason.simulator.outline.OutlineTurn;
import dev.splitreason.simulator.outline.RecordedOutlines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which answers to simulate: recorded ones, or ones made up. */
final class AnswerOptions {

  /** The paper's median on AIME24 (arXiv 2504.16379). */
  private static final double PAPER_OFFLOAD_RATIO = 0.0135;

  @Option(
      names = "--offload-ratio",
      paramLabel = "R",
      description =
          "Share of the tokens that the large model writes, 0 … 1 (default: 0.0135; with --traces,"
              + " as recorded).")
  private @Nullable Double offloadRatio;

  @Option(
      names = "--traces",
      paramLabel = "FILE",
      description = "Simulate the answers of this file, which 'ask --trace' wrote.")
  private @Nullable Path traces;

  @Option(
      names = "--answers",
      paramLabel = "N",
      description = "How many answers to make up (default: 200, of a fleet 1000).")
  private @Nullable Integer answers;

  @Option(
      names = "--answer-tokens",
      paramLabel = "LENGTH",
      defaultValue = "lognormal:8000:0.5",
      description =
          "Tokens of an answer: N, geometric:MEAN or lognormal:MEDIAN:SIGMA"
              + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private Lengths answerTokens;

  @Option(
      names = "--span-tokens",
      paramLabel = "LENGTH",
      description = "Tokens of a span (default: geometric:32; with --traces, as recorded).")
  private @Nullable Lengths spanTokens;

  @Option(
      names = "--prompt-tokens",
      paramLabel = "LENGTH",
      defaultValue = "200",
      description = "Tokens of a prompt (default: ${DEFAULT-VALUE}); with --traces, a number.")
  @SuppressWarnings("NullAway.Init")
  private Lengths promptTokens;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything that is random (default: 0).")
  private long seed;

  /**
   * What is simulated.
   *
   * @param outlines of the answers
   * @param spans how their spans were marked and bounded, in every way that occurs
   */
  record Answers(List<Outline> outlines, Collection<SpanSettings> spans) {}

  long seed() {
    return seed;
  }

  /**
   * The answers.
   *
   * @param usualCount how many to make up unless the user says
   * @throws UserMistake if an option is out of range
   */
  Answers load(int usualCount) throws IOException {
    int count = answers == null ? usualCount : answers;
    if (count < 1) {
      throw UserMistake.ofOption("--answers", "must be at least 1, not " + count);
    }
    if (traces == null) {
      return new Answers(generator().generate(count, seed), List.of(SpanSettings.DEFAULT));
    }
    RecordedOutlines recorded = RecordedOutlines.read(traces, recordedPromptTokens());
    List<Outline> outlines = recorded.outlines();
    return new Answers(
        offloadRatio == null ? outlines : redrawn(outlines).redraw(outlines, seed),
        recorded.spans());
  }

  /** How answers are made up. */
  OutlineGenerator generator() {
    return new OutlineGenerator(
        promptTokens,
        answerTokens,
        spanTokens == null ? new Lengths.Geometric(32) : spanTokens,
        offloadRatio == null ? PAPER_OFFLOAD_RATIO : offloadRatio);
  }

  /** Spans as long as the recorded ones, unless there are none or the user says. */
  private OutlineGenerator redrawn(List<Outline> recorded) {
    List<Integer> spans =
        recorded.stream()
            .flatMap(outline -> outline.turns().stream())
            .filter(turn -> turn.author() == Author.LARGE && turn.tokens() > 0)
            .map(OutlineTurn::tokens)
            .toList();
    OutlineGenerator usual = generator();
    return spanTokens != null || spans.isEmpty()
        ? usual
        : new OutlineGenerator(
            usual.prompt(), usual.answer(), new Lengths.Observed(spans), usual.offloadRatio());
  }

  private int recordedPromptTokens() {
    if (promptTokens instanceof Lengths.Fixed(int tokens)) {
      return tokens;
    }
    throw UserMistake.ofOption("--prompt-tokens", "must be a number with --traces");
  }
}
