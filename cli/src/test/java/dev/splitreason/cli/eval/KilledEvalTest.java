package dev.splitreason.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real evaluations, killed as {@code kill -9} does. */
@Timeout(300)
class KilledEvalTest {

  private static final int SAMPLES = 60;

  /** What differs from run to run: times, and what was read ahead or too far. */
  private static final Pattern TIMING =
      Pattern.compile(
          "\"(start|end|seconds|small_prefilled|large_prefilled|discarded_tokens)\":[^,}]*"
              + "|\"token_times\".*");

  @TempDir private Path folder;

  @Test
  void aRunThatIsKilledAgainAndAgainEndsAsAnUndisturbedOne() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(eval(undisturbed).finish().status()).isZero();
    Path killed = folder.resolve("killed");

    kill(killed, 0);
    kill(killed, 1);
    kill(killed, 17);
    kill(killed, 41);
    CommandProcess.Result last = eval(killed).finish();

    assertThat(last.status()).as(last.err()).isZero();
    assertThat(last.err()).contains("going on");
    assertThat(answers(killed))
        .hasSize(SAMPLES)
        .containsExactlyInAnyOrderElementsOf(answers(undisturbed));
  }

  /** Starts the command, and kills it when it has so many samples, whatever it is doing then. */
  private static void kill(Path output, int samples) throws Exception {
    CommandProcess command = eval(output);
    while (command.process().isAlive() && finished(output) <= samples) {
      Thread.sleep(5);
    }
    command.kill();
    assertThat(finished(output)).isGreaterThan(samples).isLessThan(SAMPLES);
  }

  private static CommandProcess eval(Path output) {
    return CommandProcess.start(
        Map.of(),
        "eval",
        "--policies=small,learned",
        "--limit=" + SAMPLES / 2,
        "--seed=5",
        "--temperature=0.8",
        "--in-flight=4",
        "--output=" + output);
  }

  private static long finished(Path output) throws IOException {
    Path samples = output.resolve("samples.jsonl");
    if (!Files.exists(samples)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(samples)) {
      return lines.count();
    }
  }

  private static List<String> answers(Path output) throws IOException {
    try (Stream<String> lines = Files.lines(output.resolve("samples.jsonl"))) {
      return lines.map(line -> TIMING.matcher(line).replaceAll("")).toList();
    }
  }
}
