package dev.splitreason.training.pretrain;

import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.estimate.MemoryEstimate;
import dev.splitreason.training.estimate.Passes;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.example.Batch;
import dev.splitreason.training.example.ChatExamples;
import dev.splitreason.training.example.LossWeights;
import dev.splitreason.training.example.StepData;
import dev.splitreason.training.loop.TextLearner;
import dev.splitreason.training.loop.TokenLoss;
import dev.splitreason.training.loop.Trainer;
import dev.splitreason.training.measure.ChainMeasurement;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.run.Curves;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.RunPlan;
import dev.splitreason.training.run.Trainee;
import dev.splitreason.training.run.TrainingFolder;
import dev.splitreason.training.run.TrainingRun;
import dev.splitreason.training.run.TrainingRun.End;
import dev.splitreason.training.tensor.ComputeThreads;
import dev.splitreason.training.tokenizer.ChainVocabulary;
import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Device;

/** Pre-trains a chain model from nothing: the recipe of the bundled pair. */
public final class Pretraining {

  private static final String TEMPLATE = "chain";

  private Pretraining() {}

  /**
   * Trains from nothing, or from the newest checkpoint of the folder's run if it has one.
   *
   * @param folder of the run
   * @param stop asked after every step
   * @throws InterruptedException if the calling thread is interrupted while measuring
   */
  public static End run(
      PretrainConfig config,
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
    try (Trainee trainee = Trainee.whole(folder.newestCheckpoint(), () -> fresh(config), device);
        JsonTokenizer tokenizer = trainee.checkpoint().tokenizer();
        AdamW optimizer = new AdamW(trainee.parameters(), config.optimizer());
        Trainer trainer =
            new Trainer(
                trainee.model(),
                optimizer,
                config.optimizer().toSchedule(),
                config.schedule().steps(),
                config.precision(),
                threads,
                processes)) {
      ChatExamples chat = chat(tokenizer);
      return new TrainingRun(
              folder,
              new RunPlan(
                  config.schedule().steps(),
                  false,
                  config.measure().every(),
                  config.checkpoints(),
                  config.gguf(),
                  Curves.LOSS),
              trainee,
              optimizer,
              new TextLearner(trainer, new ChainExamples(config, chat)),
              new ChainMeasurement(trainee.model(), chat, config.measure(), processes),
              listener,
              processes)
          .run(stop);
    }
  }

  /** What the run will need; nothing is trained. */
  public static RunEstimate estimate(PretrainConfig config) {
    try (JsonTokenizer tokenizer = JsonTokenizer.of(ChainVocabulary.files())) {
      ModelShape shape = config.model().toShape(tokenizer.size());
      StepData step = new ChainExamples(config, chat(tokenizer)).at(0);
      int longest = step.batches().stream().mapToInt(Batch::length).max().orElseThrow();
      return new RunEstimate(
          shape.parameters(),
          MemoryEstimate.of(
              shape,
              null,
              new Passes(
                  Math.min(config.schedule().batch(), config.schedule().microBatch()),
                  longest,
                  false,
                  TokenLoss.LOGITS,
                  config.precision(),
                  false)),
          config.schedule().steps(),
          config.schedule().steps() * step.size(),
          List.of("tokens: as many in every step as in the first"));
    }
  }

  private static Checkpoint fresh(PretrainConfig config) {
    SequencedMap<String, String> files = ChainVocabulary.files();
    try (JsonTokenizer tokenizer = JsonTokenizer.of(files)) {
      Transformer model =
          Transformer.random(
              config.model().toShape(tokenizer.size()),
              config.model().toInitialization(),
              config.seed());
      return new Checkpoint(model, files);
    }
  }

  private static ChatExamples chat(JsonTokenizer tokenizer) {
    return new ChatExamples(
        tokenizer,
        tokenizer.endOfText(),
        Templates.named(TEMPLATE),
        false,
        TagSpelling.BIGMODEL,
        LossWeights.EVEN);
  }
}
