package dev.splitreason.cli.simulate;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SpanProbe;
import dev.splitreason.simulator.answer.Speculation;
import dev.splitreason.simulator.answer.SplitSettings;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how the answers are decoded. */
final class DecodingOptions {

  @Option(
      names = "--chunk",
      paramLabel = "N",
      description =
          "Tokens of a span between two looks of the small model (default: 8; with --traces, as"
              + " recorded).")
  private @Nullable Integer chunk;

  @Option(
      names = "--warm-chunk",
      paramLabel = "N",
      description =
          "Tokens after which the idle model is given what the other wrote (default: as --chunk).")
  private @Nullable Integer warmChunk;

  @Option(
      names = "--span-cap",
      paramLabel = "N",
      description = "Most tokens of one span (default: 512; with --traces, as recorded).")
  private @Nullable Integer spanCap;

  @Option(
      names = "--probe",
      paramLabel = "HOW",
      defaultValue = "pass",
      description =
          "How the small model is asked whether a span closes: pass (one forward pass tells for"
              + " every position) or continuation:N (N tokens written after every prefix, as the"
              + " published code does) (default: pass).")
  @SuppressWarnings("NullAway.Init")
  private SpanProbe probe;

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

  /**
   * How answers are decoded.
   *
   * @param recorded how they were where they were recorded, in every way that occurs
   * @throws UserMistake if these options leave open which way is meant
   */
  SplitSettings settings(Collection<SpanSettings> recorded) {
    int looks = chunk != null ? chunk : only("--chunk", recorded, SpanSettings::chunk);
    return new SplitSettings(
        looks,
        spanCap != null ? spanCap : only("--span-cap", recorded, SpanSettings::cap),
        warmChunk != null ? warmChunk : looks,
        !atOnce,
        probe,
        speculation == null ? Speculation.DEFAULT : speculation);
  }

  private static int only(
      String option, Collection<SpanSettings> recorded, ToIntFunction<SpanSettings> value) {
    int[] values = recorded.stream().mapToInt(value).distinct().sorted().toArray();
    if (values.length > 1) {
      throw new UserMistake(
          "the traces were recorded with different values of %s, %d to %d: choose one"
              .formatted(option, values[0], values[values.length - 1]));
    }
    return values[0];
  }

  /** These modes, and speculative decoding if it is asked for. */
  List<Mode> modes(Mode... modes) {
    return speculation == null
        ? List.of(modes)
        : Stream.concat(Stream.of(modes), Stream.of(Mode.SPECULATIVE)).toList();
  }
}
