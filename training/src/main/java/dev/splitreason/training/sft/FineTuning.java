package dev.splitreason.training.sft;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.checkpoint.AddedTokens;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.checkpoint.StoredTemplate;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.estimate.MemoryEstimate;
import dev.splitreason.training.estimate.Passes;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.example.ChatExamples;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.loop.TextLearner;
import dev.splitreason.training.loop.TokenLoss;
import dev.splitreason.training.loop.Trainer;
import dev.splitreason.training.measure.ChainMeasurement;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.run.CheckpointPlace;
import dev.splitreason.training.run.Curves;
import dev.splitreason.training.run.Measurement;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.RunPlan;
import dev.splitreason.training.run.Trainee;
import dev.splitreason.training.run.TrainingFolder;
import dev.splitreason.training.run.TrainingRun;
import dev.splitreason.training.run.TrainingRun.End;
import dev.splitreason.training.tensor.ComputeThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/** Fine-tunes a checkpoint on annotated traces (arXiv 2504.16379, section 3). */
public final class FineTuning {

  private static final String CHAIN = "chain";

  private FineTuning() {}

  /**
   * Trains from the configured checkpoint, or from the newest of the folder's run if it has one.
   *
   * @param folder of the run
   * @param stop asked after every step
   * @throws InterruptedException if reading the traces is interrupted
   */
  public static End run(
      SftConfig config,
      TrainingFolder folder,
      Processes processes,
      RunListener listener,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    Device device = config.compute().device().resolve(processes.rank());
    int threads = ComputeThreads.count(config.compute().threads(), device);
    listener.onShares(
        Math.ceilDiv(config.schedule().batch(), config.schedule().microBatch()),
        threads * processes.count());
    try (Trainee trainee = trainee(config, folder.newestCheckpoint(), device);
        JsonTokenizer tokenizer = trainee.checkpoint().tokenizer();
        AdamW optimizer = new AdamW(trainee.parameters(), config.optimizer())) {
      Transformer model = trainee.model();
      model.recomputeLayers(config.recompute());
      ChatExamples chat = chat(config, tokenizer, trainee.checkpoint().files());
      TraceExamples examples =
          TraceExamples.read(
              config.data(),
              config.seed(),
              chat,
              files -> {
                if (processes.isFirst()) {
                  folder.requireSameData(config.data().files(), files);
                }
              });
      listener.onData(examples.learned().size(), examples.losses());
      Epochs epochs = new Epochs(config, examples.learned());
      try (Trainer trainer =
          new Trainer(
              model,
              optimizer,
              config.optimizer().toSchedule(),
              epochs.steps(),
              config.precision(),
              threads,
              processes)) {
        return new TrainingRun(
                folder,
                new RunPlan(
                    epochs.steps(),
                    false,
                    config.measure().every(),
                    config.checkpoints(),
                    config.gguf(),
                    Curves.LOSS),
                trainee,
                optimizer,
                new TextLearner(trainer, epochs),
                measurement(config, model, chat, trainer, heldOut(epochs, examples), processes),
                listener,
                processes)
            .run(stop);
      }
    }
  }

  private static Trainee trainee(SftConfig config, @Nullable Path resumed, Device device) {
    String model = model(config);
    return Trainee.of(
        config.lora(),
        resumed,
        null,
        new Beginning(model, config.start().addedTokens()),
        model,
        config.seed(),
        device);
  }

  /** A checkpoint with tokens added. */
  private record Beginning(String model, List<String> addedTokens) implements Trainee.Beginning {

    @Override
    public Checkpoint read() {
      Checkpoint checkpoint = CheckpointPlace.read(model);
      if (addedTokens.isEmpty()) {
        return checkpoint;
      }
      try (checkpoint) {
        return AddedTokens.add(checkpoint, addedTokens);
      }
    }

    @Override
    public List<Integer> newTokens(Checkpoint read) {
      try (JsonTokenizer tokenizer = read.tokenizer()) {
        return addedTokens.stream()
            .map(tokenizer::idOf)
            .map(Objects::requireNonNull)
            .distinct()
            .toList();
      }
    }
  }

  /**
   * What the run will need; nothing is trained, and no weights have to be there.
   *
   * @throws InterruptedException if reading the traces is interrupted
   */
  public static RunEstimate estimate(SftConfig config) throws IOException, InterruptedException {
    Path model = CheckpointPlace.known(model(config));
    ModelShape shape = RunEstimate.shape(model, null);
    TraceData data = config.data();
    DataSize size = DataSize.of(config, model);
    int rows = Math.min(config.schedule().batch(), config.schedule().microBatch());
    return new RunEstimate(
        shape.parameters(),
        MemoryEstimate.of(
            shape,
            config.lora().shape(),
            new Passes(
                rows,
                Math.min(data.maxLength(), size.longest()),
                data.packing(),
                TokenLoss.LOGITS,
                config.precision(),
                config.recompute())),
        size.steps(),
        size.tokens(),
        size.remarks());
  }

  static String model(SftConfig config) {
    String model = config.start().model();
    if (model == null) {
      throw new UserMistake(
          "model is missing",
          "name the checkpoint to begin with: a folder, a GGUF file or hf:OWNER/NAME");
    }
    return model;
  }

  static ChatExamples chat(SftConfig config, JsonTokenizer tokenizer, Map<String, String> files) {
    TraceData data = config.data();
    return new ChatExamples(
        tokenizer,
        tokenizer.endOfText(),
        StoredTemplate.named(data.template(), files, data.tags()),
        data.hint(),
        data.tags(),
        config.loss());
  }

  private static StepData heldOut(Epochs epochs, TraceExamples examples) {
    return epochs.data(examples.heldOut().stream().map(List::of).toList());
  }

  /** The loss of what is held out; for the chain template also whole answers. */
  private static Measurement.Taker measurement(
      SftConfig config,
      Transformer model,
      ChatExamples chat,
      Trainer trainer,
      StepData heldOut,
      Processes processes) {
    Measurement.Taker answers =
        config.data().template().equals(CHAIN)
            ? new ChainMeasurement(model, chat, config.measure(), processes)
            : Measurement::none;
    if (heldOut.batches().isEmpty()) {
      return answers;
    }
    return step -> {
      long began = System.nanoTime();
      double loss = trainer.evaluate(heldOut);
      double seconds = (System.nanoTime() - began) / 1e9;
      return answers.after(step).withHeldOutLoss(loss, seconds);
    };
  }
}
