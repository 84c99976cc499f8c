package dev.splitreason.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.loop.StepReport;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.StoppedByLossException;
import dev.splitreason.training.run.TrainingFolder;
import dev.splitreason.training.run.TrainingRun.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {

  private static final List<String> SMALL =
      List.of(
          "compute.threads=1",
          "schedule.steps=8",
          "schedule.batch=6",
          "schedule.micro-batch=3",
          "data.drills=0.5",
          "model.width=16",
          "model.feed-forward=16",
          "measure.every=4",
          "measure.problems=4",
          "measure.max-tokens=20",
          "checkpoints.every=4");

  @TempDir private Path folder;

  private PretrainConfig config = PretrainConfig.DEFAULT;

  @BeforeEach
  void configure() throws IOException {
    config = ConfigFile.read(PretrainConfig.DEFAULT, null, SMALL);
  }

  @Test
  void aRunLeavesItsConfigurationMetricsSamplesCurvesAndModel() throws Exception {
    Path run = folder.resolve("run");

    assertThat(train(run, config, () -> false)).isEqualTo(End.FINISHED);

    assertThat(ConfigFile.read(PretrainConfig.DEFAULT, run.resolve("config.yaml"), List.of()))
        .isEqualTo(config);
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(8 + 2);
    assertThat(Files.readAllLines(run.resolve("samples.jsonl"))).hasSize(2 * 3);
    assertThat(run.resolve("curves.png")).isNotEmptyFile();
    assertThat(run.resolve("model.gguf")).isNotEmptyFile();
    try (Checkpoint trained = HuggingFaceFolder.read(run.resolve("model"))) {
      assertThat(trained.model().shape().width()).isEqualTo(16);
    }
  }

  @Test
  void aResumedRunHasTheLossesOfAnUninterruptedOne() throws Exception {
    List<Double> whole = new ArrayList<>();
    train(
        TrainingFolder.begin(folder.resolve("whole"), config), config, losses(whole), () -> false);

    List<Double> parts = new ArrayList<>();
    TrainingFolder interrupted = TrainingFolder.begin(folder.resolve("parts"), config);
    End end = train(interrupted, config, losses(parts), () -> parts.size() == 3);
    assertThat(end).isEqualTo(End.STOPPED);
    assertThat(parts).hasSize(3);
    train(TrainingFolder.resume(folder.resolve("parts")), config, losses(parts), () -> false);

    assertThat(parts).isEqualTo(whole);
    assertThat(steps(folder.resolve("parts"))).isEqualTo(steps(folder.resolve("whole")));
  }

  @Test
  void metricsOfStepsAfterTheLastCheckpointAreWrittenAnew() throws Exception {
    Path run = folder.resolve("run");
    List<Double> losses = new ArrayList<>();
    RunListener killed =
        new RunListener() {
          @Override
          public void onStep(StepReport report) {
            if (report.step() == 6) {
              throw new IllegalStateException("as if killed");
            }
          }
        };
    assertThatThrownBy(() -> train(TrainingFolder.begin(run, config), config, killed, () -> false))
        .hasMessage("as if killed");

    train(TrainingFolder.resume(run), config, losses(losses), () -> false);

    assertThat(losses).hasSize(4);
    assertThat(steps(run)).containsExactly("1", "2", "3", "4", "4", "5", "6", "7", "8", "8");
    assertThat(Files.readAllLines(run.resolve("samples.jsonl"))).hasSize(2 * 3);
  }

  @Test
  void aLossThatIsNoNumberStopsWithTheDataSaved() throws Exception {
    Path run = folder.resolve("run");
    PretrainConfig wild =
        ConfigFile.read(config, null, List.of("optimizer.rate=1e38", "optimizer.warm-up=0"));

    assertThatThrownBy(() -> train(run, wild, () -> false))
        .isInstanceOf(StoppedByLossException.class)
        .hasMessageContaining("not-finite-step-")
        .hasMessageContaining("optimizer.rate");

    assertThat(run).isDirectoryContaining("glob:**not-finite-step-*.json");
    assertThat(TrainingFolder.resume(run).newestCheckpoint()).isNotNull();
  }

  @Test
  void aFolderWithARunIsNotOverwritten() throws IOException {
    Path run = folder.resolve("run");
    TrainingFolder.begin(run, config);

    assertThatThrownBy(() -> TrainingFolder.begin(run, config)).hasMessageContaining("--resume");
    assertThatThrownBy(() -> TrainingFolder.resume(folder.resolve("none")))
        .hasMessageContaining("has no run to resume");
  }

  private static End train(Path run, PretrainConfig config, BooleanSupplier stop) throws Exception {
    return train(TrainingFolder.begin(run, config), config, new RunListener() {}, stop);
  }

  private static End train(
      TrainingFolder run, PretrainConfig config, RunListener listener, BooleanSupplier stop)
      throws Exception {
    return Pretraining.run(config, run, Processes.alone(), listener, stop);
  }

  private static RunListener losses(List<Double> losses) {
    return new RunListener() {
      @Override
      public void onStep(StepReport report) {
        losses.add(report.loss());
      }
    };
  }

  /** The step of each line of the metrics. */
  private static List<String> steps(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceFirst(".*\"step\":(\\d+).*", "$1"))
        .toList();
  }
}
