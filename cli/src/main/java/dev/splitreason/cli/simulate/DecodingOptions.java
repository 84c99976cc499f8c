package dev.splitreason.cli.simulate;

import dev.splitreason.evaluation.simulate.answer.Mode;
import dev.splitreason.evaluation.simulate.answer.Probe;
import dev.splitreason.evaluation.simulate.answer.Speculation;
import dev.splitreason.evaluation.simulate.answer.SplitSettings;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how the answers are decoded. */
final class DecodingOptions {

  @Option(
      names = "--chunk",
      paramLabel = "N",
      defaultValue = "8",
      description = "Tokens of a span between two looks of the small model (default: 8).")
  private int chunk;

  @Option(
      names = "--warm-chunk",
      paramLabel = "N",
      defaultValue = "8",
      description = "Tokens after which the idle model is given what the other wrote (default: 8).")
  private int warmChunk;

  @Option(
      names = "--span-cap",
      paramLabel = "N",
      defaultValue = "512",
      description = "Most tokens of one span (default: 512).")
  private int spanCap;

  @Option(
      names = "--probe",
      paramLabel = "HOW",
      defaultValue = "pass",
      description =
          "How the small model is asked whether a span closes: pass (one forward pass tells for"
              + " every position) or continuation:N (N tokens written after every prefix, as the"
              + " published code does) (default: pass).")
  @SuppressWarnings("NullAway.Init")
  private Probe probe;

  @Option(
      names = "--hand-back-at-once",
      description =
          "Let the small model go on when a span closes, without waiting for the token that the"
              + " large one is writing.")
  private boolean atOnce;

  @Option(
      names = "--speculative",
      paramLabel = "ACCEPTANCE[:DRAFT]",
      description =
          "Simulate speculative decoding too: how probably a drafted token is accepted, and how"
              + " many are drafted (default: 5).")
  private @Nullable Speculation speculation;

  SplitSettings settings() {
    return new SplitSettings(
        chunk,
        spanCap,
        warmChunk,
        !atOnce,
        probe,
        speculation == null ? Speculation.DEFAULT : speculation);
  }

  /** These modes, and speculative decoding if it is asked for. */
  List<Mode> modes(Mode... modes) {
    return speculation == null
        ? List.of(modes)
        : Stream.concat(Stream.of(modes), Stream.of(Mode.SPECULATIVE)).toList();
  }
}
