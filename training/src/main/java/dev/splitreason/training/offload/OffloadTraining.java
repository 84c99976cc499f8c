package dev.splitreason.training.offload;

import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.evaluation.check.AnswerChecker;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.GgufImport;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.estimate.MemoryEstimate;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.grpo.GrpoConfig;
import dev.splitreason.training.grpo.GrpoTrainer;
import dev.splitreason.training.model.Qwen2;
import dev.splitreason.training.model.Qwen2Config;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.reward.RewardSum;
import dev.splitreason.training.rollout.PairRollouts;
import dev.splitreason.training.rollout.TorchModel;
import dev.splitreason.training.run.RunFolder;
import dev.splitreason.training.run.RunListener;
import dev.splitreason.training.run.TrainingRun.End;
import dev.splitreason.training.run.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Teaches a small model by GRPO when to hand over to a large one (arXiv 2504.16379, section 3). */
public final class OffloadTraining {

  private static final TagSpelling TAGS = TagSpelling.BIGMODEL;

  private OffloadTraining() {}

  /**
   * Trains from the configured small model, or from the newest checkpoint of the folder's run.
   *
   * @param folder of the run
   * @param stop asked after every step
   * @throws InterruptedException if the calling thread is interrupted while sampling
   */
  public static End run(
      OffloadConfig config, RunFolder folder, RunListener listener, BooleanSupplier stop)
      throws IOException, InterruptedException {
    if (config.threads() > 0) {
      torch.set_num_threads(config.threads());
    }
    Path resumed = folder.newestCheckpoint();
    try (Checkpoint small =
            resumed == null ? read("small", config.small()) : HuggingFaceFolder.read(resumed);
        Checkpoint large = read("large", config.large());
        JsonTokenizer smallTokenizer = small.tokenizer();
        JsonTokenizer largeTokenizer = large.tokenizer();
        TorchModel smallModel = model("the small model", small, smallTokenizer, config);
        TorchModel largeModel = model("the large model", large, largeTokenizer, config);
        Reference reference = Reference.of(config);
        AdamW optimizer = new AdamW(small.model().parameters(), config.optimizer());
        AnswerChecker checker = new AnswerChecker()) {
      long step = resumed == null ? 0 : TrainingState.restore(resumed, optimizer);
      PromptTemplate template = Templates.named(config.template(), TAGS);
      RewardSum rewards =
          config
              .rewards()
              .toRewards(checker, opensThinking(template), TAGS, config.rollout().chunk());
      GrpoTrainer trainer =
          new GrpoTrainer(
              new GrpoTrainer.Parts(
                  small.model(),
                  reference.model(),
                  new PairRollouts(
                      smallModel, largeModel, template, template, TAGS, config.rollout()),
                  ProblemList.of(config.problems(), config.grpo().prompts(), config.seed()),
                  rewards,
                  optimizer,
                  config.optimizer().toSchedule()),
              config.grpo(),
              config.steps(),
              config.seed());
      return new OffloadRun(folder, config, small, optimizer, trainer, listener).run(step, stop);
    }
  }

  /**
   * Reckons what training needs, without the weights of a checkpoint in a folder.
   *
   * @throws IOException if the small model cannot be read
   */
  public static RunEstimate estimate(OffloadConfig config) throws IOException {
    Qwen2Config shape = shape(config.small());
    GrpoConfig grpo = config.grpo();
    int longest = config.rollout().maxTokens();
    long answers = (long) config.steps() * grpo.prompts() * grpo.group();
    return new RunEstimate(
        shape.parameterCount(),
        MemoryEstimate.of(shape, grpo.minibatch(), longest, false, Long.MAX_VALUE, false),
        config.steps(),
        answers * grpo.epochs() * longest,
        List.of(
            "tokens are those learned from, at most: every answer as long as rollout.max-tokens",
            "memory is the update's, without prompts; while sampling, both models and the keys and"
                + " values of %d answers are held".formatted(config.rollout().together())));
  }

  private static Qwen2Config shape(@Nullable String small) throws IOException {
    if (small != null && !small.endsWith(".gguf")) {
      return RunEstimate.shape(Path.of(small));
    }
    try (Checkpoint checkpoint = read("small", small)) {
      return checkpoint.model().config();
    }
  }

  private static TorchModel model(
      String name, Checkpoint checkpoint, JsonTokenizer tokenizer, OffloadConfig config) {
    int context = checkpoint.model().config().maxPositions();
    return new TorchModel(
        name, checkpoint.model(), tokenizer, context, config.rollout().together());
  }

  /** Reads a Hugging Face folder or a GGUF file. */
  private static Checkpoint read(String role, @Nullable String location) {
    if (location == null) {
      throw new IllegalArgumentException(
          role + " is missing: name a Hugging Face folder or a GGUF file");
    }
    Path path = Path.of(location);
    return location.endsWith(".gguf") ? GgufImport.read(path) : HuggingFaceFolder.read(path);
  }

  private static boolean opensThinking(PromptTemplate template) {
    String prompt = template.render(List.of(Message.user("?")), true).text();
    return prompt.stripTrailing().endsWith("<think>");
  }

  /**
   * The small model as it was before the run, where the loss asks for it.
   *
   * @param model null if it does not
   */
  private record Reference(@Nullable Qwen2 model) implements AutoCloseable {

    static Reference of(OffloadConfig config) {
      boolean asked = config.grpo().klWeight() > 0;
      return new Reference(asked ? read("small", config.small()).model() : null);
    }

    @Override
    public void close() {
      if (model != null) {
        model.close();
      }
    }
  }
}
