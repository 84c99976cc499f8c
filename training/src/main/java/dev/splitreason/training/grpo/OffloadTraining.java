package dev.splitreason.training.grpo;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.core.answer.FinalAnswer;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Thinking;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.checkpoint.StoredTemplate;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.estimate.MemoryEstimate;
import dev.splitreason.training.estimate.Passes;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.loop.Precision;
import dev.splitreason.training.measure.AnswerMeasurement;
import dev.splitreason.training.measure.AnswerMeasurement.Response;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.rollout.Asking;
import dev.splitreason.training.rollout.PairRollouts;
import dev.splitreason.training.rollout.RolloutConfig;
import dev.splitreason.training.rollout.TorchModel;
import dev.splitreason.training.run.CheckpointPlace;
import dev.splitreason.training.run.Curves;
import dev.splitreason.training.run.MeasureConfig;
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
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Device;
import org.jspecify.annotations.Nullable;

/** Teaches a small model by GRPO when to hand over to a large one (arXiv 2504.16379, section 3). */
public final class OffloadTraining {

  private OffloadTraining() {}

  /** What is drawn of a run. */
  private static final Curves CURVES =
      new Curves(
          "reward",
          "reward",
          "held out: answers right, offload ratio",
          List.of("accuracy", "offload_ratio"));

  /**
   * Trains from the configured small model, or from the newest checkpoint of the folder's run.
   *
   * @param folder of the run
   * @param stop asked after every step
   * @throws InterruptedException if the calling thread is interrupted while sampling
   */
  public static End run(
      OffloadConfig config,
      TrainingFolder folder,
      Processes processes,
      RunListener listener,
      BooleanSupplier stop)
      throws IOException, InterruptedException {
    Device device = config.compute().device().resolve(processes.rank());
    TagSpelling tags = config.models().tags();
    ComputeThreads.use(ComputeThreads.count(config.compute().threads(), device));
    try (Trainee small = trainee(config, folder.newestCheckpoint(), device);
        Checkpoint large = read("large", config.models().large()).on(device);
        JsonTokenizer smallTokenizer = small.checkpoint().tokenizer();
        JsonTokenizer largeTokenizer = large.tokenizer();
        TorchModel smallModel = model("the small model", small.model(), smallTokenizer, config);
        TorchModel largeModel = model("the large model", large.model(), largeTokenizer, config);
        Reference reference = Reference.of(config, device);
        AdamW optimizer = new AdamW(small.parameters(), config.optimizer());
        AnswerChecker checker = new AnswerChecker()) {
      String name = config.models().template();
      PromptTemplate template = StoredTemplate.named(name, small.checkpoint().files(), tags);
      PromptTemplate largeTemplate = StoredTemplate.named(name, large.files(), tags);
      RolloutConfig rollout = config.rollouts();
      if (processes.isFirst()) {
        folder.requireSameData(config.data().named(), config.data().files());
      }
      ProblemList problems = ProblemList.of(config);
      PairRollouts rollouts =
          new PairRollouts(smallModel, largeModel, template, largeTemplate, tags, rollout);
      GrpoTrainer trainer =
          new GrpoTrainer(
              new GrpoTrainer.Parts(
                  small.model(),
                  reference.model(),
                  rollouts,
                  problems.steps(),
                  config
                      .rewards()
                      .toRewards(checker, opensThinking(template), tags, rollout.chunk()),
                  optimizer,
                  config.optimizer().toSchedule(),
                  processes),
              config.schedule(),
              config.loss(),
              config.seed());
      return new TrainingRun(
              folder,
              new RunPlan(
                  config.schedule().steps(),
                  true,
                  config.measure().every(),
                  config.checkpoints(),
                  config.gguf(),
                  CURVES),
              small,
              optimizer,
              new OffloadLearner(trainer),
              new AnswerMeasurement(
                  problem -> answer(rollouts.pair(), problem, config.measure()),
                  problems.heldOut(),
                  (problem, text) -> isRight(checker, problem, text),
                  config.measure(),
                  rollout.together(),
                  processes),
              listener,
              processes)
          .run(stop);
    }
  }

  /** The pair's greedy answer. */
  private static Response answer(Pair pair, Problem problem, MeasureConfig measure)
      throws InterruptedException {
    Trace trace = Asking.pair(pair, problem.text(), Sampling.GREEDY, measure.maxTokens());
    return new Response(trace.text(), trace.usage());
  }

  private static boolean isRight(AnswerChecker checker, Problem problem, String text) {
    return FinalAnswer.find(text).isMarked() && checker.check(problem.answer(), text).equal();
  }

  private static Trainee trainee(OffloadConfig config, @Nullable Path resumed, Device device) {
    String adapter = config.models().adapter();
    if (adapter != null && config.lora().shape() == null) {
      throw new UserMistake("an adapter goes on learning only as one: lora.rank is 0");
    }
    if (adapter != null && config.loss().klWeight() > 0) {
      throw new UserMistake(
          "the reference of kl-weight would lack the adapter " + adapter,
          "merge it into the model");
    }
    return Trainee.of(
        config.lora(),
        resumed,
        adapter == null ? null : Path.of(adapter),
        () -> read("small", config.models().small()),
        String.valueOf(config.models().small()),
        config.seed(),
        device);
  }

  /**
   * Reckons what training needs; no weights have to be there.
   *
   * @throws UserMistake if a model's shape is not known
   */
  public static RunEstimate estimate(OffloadConfig config) {
    OffloadConfig.Assumed assumed = config.models().assumed();
    ModelShape small = RunEstimate.shape(known("small", config.models().small()), assumed.small());
    ModelShape large = RunEstimate.shape(known("large", config.models().large()), assumed.large());
    GrpoSchedule schedule = config.schedule();
    int answer = config.rollouts().maxTokens();
    int longest = assumed.promptTokens() + answer;
    Passes passes =
        new Passes(schedule.minibatch(), longest, false, Long.MAX_VALUE, Precision.F32, false);
    long answers = (long) config.schedule().steps() * schedule.prompts() * schedule.group();
    int together = Math.min(config.rollouts().together(), schedule.prompts() * schedule.group());
    long beside =
        MemoryEstimate.weights(large)
            + (config.loss().klWeight() > 0 ? MemoryEstimate.weights(small) : 0)
            + MemoryEstimate.keysAndValues(small, together, longest)
            + MemoryEstimate.keysAndValues(large, together, longest);
    return new RunEstimate(
        small.parameters(),
        MemoryEstimate.of(small, config.lora().shape(), passes).beside(beside),
        config.schedule().steps(),
        answers * schedule.epochs() * answer,
        List.of(
            "tokens are those learned from, at most: every answer as long as rollouts.max-tokens",
            "beside it: the large model, and keys and values of %,d answers in both"
                .formatted(together),
            "prompts of %,d tokens are assumed (models.assumed.prompt-tokens)"
                .formatted(assumed.promptTokens())));
  }

  private static TorchModel model(
      String name, Transformer model, JsonTokenizer tokenizer, OffloadConfig config) {
    int context = model.shape().context();
    return new TorchModel(name, model, tokenizer, context, config.rollouts().together());
  }

  private static Checkpoint read(String role, @Nullable String location) {
    return CheckpointPlace.read(named(role, location));
  }

  private static Path known(String role, @Nullable String location) {
    return CheckpointPlace.known(named(role, location));
  }

  private static String named(String role, @Nullable String location) {
    if (location == null) {
      throw new UserMistake(
          role + " is missing", "name a Hugging Face folder, a GGUF file or hf:OWNER/NAME");
    }
    return location;
  }

  private static boolean opensThinking(PromptTemplate template) {
    return Thinking.isOpen(template.render(List.of(Message.user("?")), true));
  }

  /**
   * The small model as it was before the run, where the loss asks for it.
   *
   * @param model null if it does not
   */
  private record Reference(@Nullable Transformer model) implements AutoCloseable {

    static Reference of(OffloadConfig config, Device device) {
      boolean asked = config.loss().klWeight() > 0;
      return new Reference(
          asked ? read("small", config.models().small()).on(device).model() : null);
    }

    @Override
    public void close() {
      if (model != null) {
        model.close();
      }
    }
  }
}
