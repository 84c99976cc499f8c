package dev.splitreason.training.grpo;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.optimize.RateSchedule;
import dev.splitreason.training.reward.RewardSum;
import dev.splitreason.training.rollout.Action;
import dev.splitreason.training.rollout.Rollout;
import dev.splitreason.training.rollout.RolloutSource;
import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Group relative policy optimisation (arXiv 2402.03300, algorithm 1) of a small model that may hand
 * over to a large one:
 *
 * <ol>
 *   <li>Ask each of some problems several times; the pair answers.
 *   <li>Judge the answers, and compare each with the others to its problem.
 *   <li>Make the small model's actions in better answers likelier, and in worse ones less likely,
 *       for several epochs; importance weights by the log-probabilities they were sampled with.
 * </ol>
 *
 * What the large model wrote is context: there is no gradient on it. Everything a step draws is a
 * function of the seed and the step. Of several processes, each samples and judges its share of the
 * groups; gradients are added up, so that the steps are those of one process. Used by one thread.
 */
public final class GrpoTrainer {

  private final Transformer policy;
  private final @Nullable Transformer reference;
  private final RolloutSource source;
  private final LongFunction<List<Problem>> problems;
  private final RewardSum rewards;
  private final AdamW optimizer;
  private final RateSchedule schedule;
  private final GrpoSchedule sizes;
  private final GrpoLoss weighing;
  private final long seed;
  private final ActionLogProbs logProbs;
  private final PolicyLoss loss;
  private final Processes processes;
  private final Share share;
  private @Nullable JudgedBatch last;

  /**
   * What a trainer works with; all of it is the caller's to close.
   *
   * @param policy the model that learns, from which {@code source} samples
   * @param reference what it should not go far from: another model, or null for none
   * @param source samples answers
   * @param problems of a step, by its number counted from 0
   * @param rewards what answers are worth
   * @param optimizer steps the policy
   * @param schedule the learning rate by step
   * @param processes that do each step together
   */
  public record Parts(
      Transformer policy,
      @Nullable Transformer reference,
      RolloutSource source,
      LongFunction<List<Problem>> problems,
      RewardSum rewards,
      AdamW optimizer,
      RateSchedule schedule,
      Processes processes) {}

  /**
   * A trainer.
   *
   * @param sizes of steps, groups and updates
   * @param weighing how rewards are learned from
   * @throws UserMistake if there is a KL weight, but no reference; or more processes than prompts
   */
  public GrpoTrainer(Parts parts, GrpoSchedule sizes, GrpoLoss weighing, long seed) {
    if (weighing.klWeight() > 0 && parts.reference() == null) {
      throw new UserMistake("a KL weight above 0 needs a reference model");
    }
    if (parts.processes().count() > sizes.prompts()) {
      throw new UserMistake(
          "each process asks at least one problem: %d prompts are too few for %d processes"
              .formatted(sizes.prompts(), parts.processes().count()));
    }
    this.policy = parts.policy();
    this.reference = weighing.klWeight() > 0 ? parts.reference() : null;
    this.source = parts.source();
    this.problems = parts.problems();
    this.rewards = parts.rewards();
    this.optimizer = parts.optimizer();
    this.schedule = parts.schedule();
    this.processes = parts.processes();
    this.share = Share.of(sizes.prompts(), sizes.group(), processes);
    this.sizes = sizes;
    this.weighing = weighing;
    this.seed = seed;
    this.logProbs = new ActionLogProbs(source.drawing());
    this.loss = weighing.toLoss();
  }

  /**
   * Does a step: samples, judges, learns.
   *
   * @param step counted from 0
   * @throws InterruptedException if the calling thread is interrupted while sampling; the model is
   *     as it was before the step
   */
  public GrpoReport step(long step) throws InterruptedException {
    long began = System.nanoTime();
    JudgedBatch batch = sample(step);
    last = batch;
    GrpoReport.Answers answers = batch.report((System.nanoTime() - began) / 1e9).over(processes);
    return new GrpoReport(step + 1, answers, learn(batch, step));
  }

  /** What this process's answers of the last step were, as JSON can write it; null before any. */
  public @Nullable Object lastBatch() {
    return last;
  }

  private JudgedBatch sample(long step) throws InterruptedException {
    List<Rollout> rollouts =
        source.sample(
            problems.apply(step).subList(share.from(), share.to()),
            sizes.group(),
            CounterRandom.bits(seed, step),
            share.first());
    return JudgedBatch.of(rollouts, sizes.group(), rewards, weighing.advantage(), processes);
  }

  private GrpoReport.Update learn(JudgedBatch batch, long step) {
    long began = System.nanoTime();
    double rate = schedule.at(step, sizes.steps());
    List<JudgedBatch.Lesson> lessons = batch.lessons(reference != null, share, processes);
    IdentityHashMap<Rollout, float[]> referenceLogProbs = referenceLogProbs(lessons);
    UpdateMeans means = new UpdateMeans();
    Random order = new Random(CounterRandom.bits(seed ^ step, 1));
    for (int epoch = 0; epoch < sizes.epochs(); epoch++) {
      Collections.shuffle(lessons, order);
      for (int from = 0; from < lessons.size(); from += sizes.minibatch()) {
        int to = Math.min(lessons.size(), from + sizes.minibatch());
        GrpoReport.Update update = update(lessons.subList(from, to), referenceLogProbs, rate);
        means.add(update);
        if (!Double.isFinite(update.gradientNorm())) {
          return means.toReport(rate, (System.nanoTime() - began) / 1e9);
        }
      }
    }
    return means.toReport(rate, (System.nanoTime() - began) / 1e9);
  }

  private GrpoReport.Update update(
      List<JudgedBatch.Lesson> lessons,
      IdentityHashMap<Rollout, float[]> referenceLogProbs,
      double rate) {
    try (PointerScope _ = new PointerScope()) {
      double[] sums = processes.sum(backward(lessons, referenceLogProbs));
      if (processes.count() > 1) {
        processes.sum(optimizer.gradients());
      }
      int actions = lessons.stream().mapToInt(JudgedBatch.Lesson::actions).sum();
      double mean = sums[0];
      double norm = Double.isFinite(mean) ? optimizer.step(rate) : Double.NaN;
      return new GrpoReport.Update(mean, sums[1] / actions, sums[2] / actions, norm, rate, 1, 0);
    }
  }

  /**
   * This process's part of the loss, and the sums over its actions of KL and of what is clipped.
   */
  private double[] backward(
      List<JudgedBatch.Lesson> lessons, IdentityHashMap<Rollout, float[]> referenceLogProbs) {
    List<Rollout> rollouts = here(lessons);
    if (rollouts.isEmpty()) {
      return new double[3];
    }
    PolicyLoss.Actions actions = actions(lessons, referenceLogProbs);
    PolicyLoss.Value value = loss.of(logProbs.of(policy, rollouts), actions);
    value.loss().backward();
    long count = actions.weights().numel();
    return new double[] {value.loss().item_double(), value.kl() * count, value.clipped() * count};
  }

  private static List<Rollout> here(List<JudgedBatch.Lesson> lessons) {
    return lessons.stream()
        .map(JudgedBatch.Lesson::rollout)
        .<Rollout>mapMulti(
            (rollout, to) -> {
              if (rollout != null) {
                to.accept(rollout);
              }
            })
        .toList();
  }

  /** The actions that are here, with the weights they have among those of all processes. */
  private PolicyLoss.Actions actions(
      List<JudgedBatch.Lesson> lessons, IdentityHashMap<Rollout, float[]> referenceLogProbs) {
    int[] counts = lessons.stream().mapToInt(JudgedBatch.Lesson::actions).toArray();
    float[] allWeights = weighing.aggregation().weights(counts, source.longest());
    int here = here(lessons).stream().mapToInt(rollout -> rollout.actions().size()).sum();
    float[] weights = new float[here];
    float[] sampled = new float[here];
    float[] advantages = new float[here];
    float[] references = new float[here];
    int at = 0;
    int ofAll = 0;
    for (JudgedBatch.Lesson lesson : lessons) {
      Rollout rollout = lesson.rollout();
      if (rollout != null) {
        float[] reference = referenceLogProbs.get(rollout);
        for (int i = 0; i < lesson.actions(); i++, at++) {
          weights[at] = allWeights[ofAll + i];
          sampled[at] = rollout.actions().get(i).logProb();
          advantages[at] = lesson.advantage();
          references[at] = reference == null ? 0 : reference[i];
        }
      }
      ofAll += lesson.actions();
    }
    Tensor like = policy.parameters().firstEntry().getValue();
    return new PolicyLoss.Actions(
        PlacedNumbers.of(sampled, like),
        PlacedNumbers.of(advantages, like),
        PlacedNumbers.of(weights, like),
        reference == null ? null : PlacedNumbers.of(references, like));
  }

  /** How likely the reference finds each answer's actions; empty without one. */
  private IdentityHashMap<Rollout, float[]> referenceLogProbs(List<JudgedBatch.Lesson> lessons) {
    IdentityHashMap<Rollout, float[]> byRollout = new IdentityHashMap<>();
    if (reference == null) {
      return byRollout;
    }
    List<Rollout> all = here(lessons);
    for (int from = 0; from < all.size(); from += sizes.minibatch()) {
      List<Rollout> rollouts = all.subList(from, Math.min(all.size(), from + sizes.minibatch()));
      try (PointerScope _ = new PointerScope();
          GradientMode _ = GradientMode.off()) {
        float[] found = floats(logProbs.of(reference, rollouts));
        int at = 0;
        for (Rollout rollout : rollouts) {
          List<Action> actions = rollout.actions();
          byRollout.put(rollout, Arrays.copyOfRange(found, at, at + actions.size()));
          at += actions.size();
        }
      }
    }
    return byRollout;
  }

  private static float[] floats(Tensor tensor) {
    Tensor contiguous = tensor.cpu().contiguous();
    float[] values = new float[Math.toIntExact(contiguous.numel())];
    contiguous.data_ptr_float().get(values);
    return values;
  }

  /** Sums up the updates of a step. */
  private static final class UpdateMeans {
    private final List<GrpoReport.Update> updates = new ArrayList<>();

    void add(GrpoReport.Update update) {
      updates.add(update);
    }

    GrpoReport.Update toReport(double rate, double seconds) {
      return new GrpoReport.Update(
          mean(GrpoReport.Update::loss),
          mean(GrpoReport.Update::kl),
          mean(GrpoReport.Update::clipped),
          mean(GrpoReport.Update::gradientNorm),
          rate,
          updates.size(),
          seconds);
    }

    private double mean(ToDoubleFunction<GrpoReport.Update> figure) {
      return updates.stream().mapToDouble(figure).average().orElse(0);
    }
  }
}
