package dev.splitreason.cli.served;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations whose large model is on a server that goes away. */
@Timeout(600)
class EvalServedTest {

  private static final int PROBLEMS = 8;
  private static final Map<String, String> LARGE = Map.of("large", "large.gguf");

  @TempDir private Path folder;

  @Test
  void aServerThatComesBackIsWaitedForAndNothingIsDifferent()
      throws IOException, InterruptedException {
    try (var server = BundledServer.start(ServerSpelling.LLAMA_SERVER, LARGE)) {
      Path undisturbed = folder.resolve("undisturbed");
      assertThat(eval(server, undisturbed, "5m").finish().status()).isZero();
      server.dieAfter(12);

      Path disturbed = folder.resolve("disturbed");
      CommandProcess command = eval(server, disturbed, "5m");
      awaitDeath(server, command);
      Thread.sleep(2000);
      assertThat(command.process().isAlive()).isTrue();
      server.comeBack();
      Result result = command.finish();

      assertThat(result.status()).as(result.err()).isZero();
      assertThat(result.err()).contains("waiting").contains("for a model: ");
      assertThat(answers(disturbed))
          .hasSize(PROBLEMS)
          .containsExactlyInAnyOrderElementsOf(answers(undisturbed));
    }
  }

  @Test
  void aServerThatStaysAwayIsReportedAndTheFinishedPartGoesOnLater()
      throws IOException, InterruptedException {
    try (var server = BundledServer.start(ServerSpelling.LLAMA_SERVER, LARGE)) {
      Path output = folder.resolve("cut");

      CommandProcess command = eval(server, output, "1s");
      awaitSamples(2, output, command);
      server.dieAfter(0);
      Result cut = command.finish();

      assertThat(cut.status()).isEqualTo(1);
      assertThat(cut.err())
          .contains("splitreason: a model was waited for 1 seconds and did not come back: http://")
          .contains("what is finished is kept");
      List<Object> finished = answers(output);
      assertThat(finished).isNotEmpty().hasSizeLessThan(PROBLEMS);

      server.comeBack();
      Result rest = eval(server, output, "5m").finish();

      assertThat(rest.status()).as(rest.err()).isZero();
      assertThat(answers(output)).hasSize(PROBLEMS).startsWith(finished.toArray());
      assertThat(SampleLog.read(samples(output))).noneMatch(Sample::failed);
    }
  }

  private static CommandProcess eval(ModelServer server, Path output, String patience) {
    return CommandProcess.start(
        Map.of(),
        "eval",
        "--policies",
        "learned",
        "--limit",
        Integer.toString(PROBLEMS),
        "--in-flight",
        "1",
        "--large",
        server.at("large"),
        "--patience",
        patience,
        "--output",
        output.toString());
  }

  private static void awaitDeath(ModelServer server, CommandProcess command)
      throws InterruptedException {
    while (!server.dead() && command.process().isAlive()) {
      Thread.sleep(5);
    }
    assertThat(server.dead()).isTrue();
  }

  private static void awaitSamples(int count, Path output, CommandProcess command)
      throws IOException, InterruptedException {
    Path file = output.resolve("samples.jsonl");
    while (command.process().isAlive()
        && !(Files.exists(file) && Files.readAllLines(file).size() >= count)) {
      Thread.sleep(5);
    }
  }

  /** All that does not depend on timing. */
  private static List<Object> answers(Path output) throws IOException {
    return SampleLog.read(samples(output)).stream()
        .<Object>map(
            sample ->
                List.of(
                    sample.key(),
                    sample.outcome(),
                    sample.answer(),
                    sample.trace() == null ? "" : sample.trace().text()))
        .toList();
  }

  private static Path samples(Path output) {
    Path file = output.resolve("samples.jsonl");
    assertThat(Files.exists(file)).isTrue();
    return file;
  }
}
