package dev.splitreason.cli.adapt;

import dev.splitreason.cli.train.TrainingProgress;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.file.FileTree;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.distributed.GlooProcesses;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.example.LengthLimit.Longer;
import dev.splitreason.training.example.LossWeights;
import dev.splitreason.training.grpo.GrpoLoss;
import dev.splitreason.training.grpo.GrpoSchedule;
import dev.splitreason.training.grpo.OffloadConfig;
import dev.splitreason.training.grpo.OffloadTraining;
import dev.splitreason.training.grpo.RewardConfig;
import dev.splitreason.training.optimize.OptimizerConfig;
import dev.splitreason.training.optimize.RateSchedule.Shape;
import dev.splitreason.training.rollout.RolloutConfig;
import dev.splitreason.training.run.CheckpointConfig;
import dev.splitreason.training.run.ComputeConfig;
import dev.splitreason.training.run.Gguf;
import dev.splitreason.training.run.LoraConfig;
import dev.splitreason.training.run.MeasureConfig;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.TrainingFolder;
import dev.splitreason.training.run.TrainingRun.End;
import dev.splitreason.training.sft.FineTuning;
import dev.splitreason.training.sft.SftConfig;
import dev.splitreason.training.sft.TraceData;
import dev.splitreason.training.tensor.ComputeDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The two trainings of an adaptation: their configurations, which come from the model at hand, and
 * how they go on where they were stopped.
 *
 * @param plan what is adapted
 * @param stderr hears how far it is
 */
record Learning(AdaptPlan plan, PrintWriter stderr) {

  /** A checkpoint of a large model takes a while. */
  private static final Duration SAVING = Duration.ofMinutes(10);

  /** At most a tenth of a run is lost when it is killed. */
  private static final int CHECKPOINTS = 10;

  /**
   * An adapter of a model of this width learns well at this rate; as for all weights that Adam
   * updates, the rate goes with 1 / width (arXiv 2203.03466, table 3).
   */
  private static final double USUAL_RATE = 3e-4;

  private static final double USUAL_WIDTH = 896;

  /** Parameters of which a single example keeps a processor busy. */
  private static final long LARGE = 20_000_000;

  private static final int USUAL_EPOCHS = 3;

  /**
   * A model that is not large has to be shown more often: the bundled one opened no span after 150
   * steps, was right 20 points more often than before after 400, 30 points after 600.
   */
  private static final int LEAST_STEPS = 600;

  private static final int LONGEST_EXAMPLE = 16_384;

  /** A kind of training. */
  @FunctionalInterface
  private interface Training<C extends Record> {
    End run(
        C config,
        TrainingFolder folder,
        Processes processes,
        RunListener listener,
        BooleanSupplier stop)
        throws IOException, InterruptedException;
  }

  /**
   * The adapter learns from annotated traces.
   *
   * @param spans the traces
   * @param examples how many they are
   */
  SftConfig sft(Path spans, int examples) {
    ModelShape shape = shape();
    int batch = batch(examples);
    int share = Math.ceilDiv(batch, Math.max(1, plan.machine().cores()));
    int micro = (int) Math.clamp(LARGE / Math.max(1, shape.parameters()), 1, Math.min(32, share));
    int epochs = epochs(examples);
    int steps = epochs * stepsAnEpoch(examples);
    return new SftConfig(
        plan.seed(),
        new ComputeConfig(plan.machine().cores(), ComputeDevice.AUTO),
        new SftConfig.Start(plan.small().toString(), List.of()),
        lora(),
        new TraceData(
            List.of(spans.toString()),
            null,
            "annotated",
            null,
            0,
            plan.template(),
            false,
            plan.tags().open(),
            plan.tags().close(),
            Math.min(shape.context(), LONGEST_EXAMPLE),
            Longer.DROP,
            false,
            heldOut(examples),
            new TraceData.Assumed(examples, Math.min(shape.context(), plan.sizes().maxTokens()))),
        LossWeights.EVEN,
        new SftConfig.Schedule(epochs, 0, batch, micro),
        plan.machine().precision(),
        false,
        optimizer(rate(shape)),
        new MeasureConfig(0, 0, plan.sizes().maxTokens(), 0),
        new CheckpointConfig(Math.max(1, steps / CHECKPOINTS), 2),
        Gguf.F16);
  }

  /** How often SFT sees so many examples. */
  int epochs(int examples) {
    Integer asked = plan.sizes().epochs();
    if (asked != null) {
      return asked;
    }
    return shape().parameters() > LARGE
        ? USUAL_EPOCHS
        : Math.max(USUAL_EPOCHS, Math.ceilDiv(LEAST_STEPS, stepsAnEpoch(examples)));
  }

  private static int stepsAnEpoch(int examples) {
    return Math.ceilDiv(Math.max(1, examples - heldOut(examples)), batch(examples));
  }

  private static int batch(int examples) {
    return Math.clamp(examples / 16, 4, 64);
  }

  private static int heldOut(int examples) {
    return Math.min(100, examples / 10);
  }

  /**
   * The adapter goes on learning from answers of the pair, and what they were worth.
   *
   * @param adapter that SFT left, as PEFT has it
   * @param learned problems to ask
   * @param heldOut problems to measure on
   * @param spanTokens the usual length of a span
   */
  OffloadConfig grpo(Path adapter, Path learned, Path heldOut, int spanTokens) {
    AdaptPlan.Sizes sizes = plan.sizes();
    int answers = sizes.prompts() * sizes.group();
    boolean large = shape().parameters() > LARGE;
    return new OffloadConfig(
        plan.seed(),
        new ComputeConfig(plan.machine().cores(), ComputeDevice.AUTO),
        new OffloadConfig.Models(
            plan.small().toString(),
            adapter.toString(),
            plan.large().toString(),
            plan.template(),
            plan.tags().open(),
            plan.tags().close(),
            new OffloadConfig.Assumed(null, null, sizes.maxTokens() / 4)),
        new OffloadConfig.Problems(learned.toString(), heldOut.toString(), 0),
        lora(),
        new GrpoSchedule(sizes.grpoSteps(), sizes.prompts(), sizes.group(), 1, large ? 1 : answers),
        new RolloutConfig(
            true,
            0.7,
            sizes.maxTokens(),
            plan.pair().spans().chunk(),
            plan.pair().spans().cap(),
            answers),
        rewards(spanTokens),
        GrpoLoss.DEFAULT,
        // A tenth of what imitation takes, as is usual where a reward is all that is known.
        optimizer(rate(shape()) / 10),
        new MeasureConfig(0, Math.min(sizes.heldOut(), 32), sizes.maxTokens(), 3),
        new CheckpointConfig(Math.max(1, sizes.grpoSteps() / CHECKPOINTS), 2),
        Gguf.F16);
  }

  private RewardConfig rewards(int spanTokens) {
    RewardConfig usual = RewardConfig.DEFAULT;
    // Only these templates ask for the form that the reward looks for.
    boolean formed = List.of("chain", "deepseek-r1").contains(plan.template());
    return new RewardConfig(
        usual.accuracy(),
        formed ? usual.format() : 0,
        usual.latency(),
        usual.tagCount(),
        usual.coverage(),
        plan.share(),
        usual.shape(),
        spanTokens,
        usual.profile(),
        usual.spans(),
        usual.covered());
  }

  private LoraConfig lora() {
    return new LoraConfig(plan.sizes().rank(), LoraConfig.NONE.alpha(), LoraConfig.NONE.targets());
  }

  private static OptimizerConfig optimizer(double rate) {
    return new OptimizerConfig(rate, 0.05, Shape.COSINE, 1, 0.1, 0.9, 0.98, 1e-8, 0.01, 1);
  }

  private static double rate(ModelShape shape) {
    return USUAL_RATE * USUAL_WIDTH / shape.width();
  }

  private ModelShape shape() {
    return RunEstimate.shape(plan.small(), null);
  }

  /** Runs SFT in a folder, or goes on with the run that is there. */
  void run(SftConfig config, Path folder) throws IOException, InterruptedException {
    run(config, folder, FineTuning::run);
  }

  /** Runs GRPO in a folder, or goes on with the run that is there. */
  void run(OffloadConfig config, Path folder) throws IOException, InterruptedException {
    run(config, folder, OffloadTraining::run);
  }

  private <C extends Record> void run(C config, Path path, Training<C> training)
      throws IOException, InterruptedException {
    TrainingFolder folder = begunOrNew(config, path);
    var stop = new AtomicBoolean();
    End end;
    try (Shutdown _ = Shutdown.calling(() -> stop.set(true), SAVING);
        Processes processes = GlooProcesses.of(Map.of());
        var progress = new TrainingProgress(stderr, true)) {
      end = training.run(config, folder, processes, progress, stop::get);
    }
    if (end == End.STOPPED) {
      throw new InterruptedException();
    }
    // What the adapter makes of the weights is as large as they are; both are at hand apart.
    FileTree.delete(folder.model());
    Files.deleteIfExists(folder.gguf());
  }

  /** A run that was killed while it wrote its configuration has done nothing yet. */
  private static TrainingFolder begunOrNew(Record config, Path path) throws IOException {
    TrainingFolder folder = new TrainingFolder(path);
    if (Files.exists(folder.config())
        && Files.readString(folder.config()).equals(ConfigFile.write(config))) {
      return TrainingFolder.resume(path);
    }
    FileTree.delete(path);
    return TrainingFolder.begin(path, config);
  }
}
