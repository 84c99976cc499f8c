package dev.splitreason.cli.adapt;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import dev.splitreason.training.estimate.RunEstimate;
import dev.splitreason.training.grpo.OffloadTraining;
import dev.splitreason.training.sft.FineTuning;
import dev.splitreason.training.tensor.MatrixSpeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an adaptation will take: tokens, and from what this machine did in a few seconds the hours.
 * Answers are taken to be half as long as they may be, and half of them to be right.
 *
 * @param traceTokens written by the large model
 * @param sftTokens that go through the small model, forth and back
 * @param grpoTokens sampled by the pair and learned from
 * @param measureTokens written while measuring and calibrating
 * @param hours of all stages together, one answer at a time
 * @param memoryBytes of the hungriest stage
 * @param diskBytes at the most, of files that are deleted again too
 * @param smallTokensASecond written by the small model here
 * @param largeTokensASecond likewise
 * @param learnedTokensASecond through SFT here, from the speed of a matrix product
 */
record Forecast(
    long traceTokens,
    long sftTokens,
    long grpoTokens,
    long measureTokens,
    double hours,
    long memoryBytes,
    long diskBytes,
    double smallTokensASecond,
    double largeTokensASecond,
    double learnedTokensASecond) {

  private static final int PROBE_TOKENS = 32;

  /** Policies that are measured, and settings of dials that are tried. */
  private static final int POLICIES = 7;

  private static final int TRIES = 11;

  /** Multiplications and additions of a weight and a token: forth, and back to the adapter. */
  private static final double FORTH = 2;

  private static final double FORTH_AND_BACK = 4;

  /** Files that hold a checkpoint of an adapter: weights, and both means of AdamW, twice. */
  private static final int ADAPTER_FILES = 8;

  private static final double GIGABYTE = 1e9;

  static Forecast of(AdaptPlan plan, SplitOptions options)
      throws IOException, InterruptedException {
    ProblemSplit split = ProblemSplit.of(plan);
    AdaptPlan.Sizes sizes = plan.sizes();
    int answer = Math.max(1, sizes.maxTokens() / 2);
    String brought = plan.traces();
    int solved = brought == null ? split.learned().size() / 2 : split.learned().size();
    long traces = brought == null ? (long) split.learned().size() * answer : 0;
    Learning learning = new Learning(plan, new PrintWriter(Writer.nullWriter()));
    long sft = (long) learning.epochs(Math.max(2, solved)) * solved * answer;
    int steps = plan.learnsByReward() ? sizes.grpoSteps() : 0;
    long grpo = (long) steps * sizes.prompts() * sizes.group() * answer;
    long measured =
        (long) answer
            * (POLICIES * split.heldOut().size()
                + TRIES * Math.min(sizes.calibrated(), split.learned().size()));

    String question = split.heldOut().getFirst().text();
    double small = speed(plan, options, new Policy.SmallOnly(), question);
    double large = speed(plan, options, new Policy.LargeOnly(), question);
    ModelShape smallShape = RunEstimate.shape(plan.small(), null);
    ModelShape largeShape = RunEstimate.shape(plan.large(), null);
    double operations = MatrixSpeed.measure(plan.machine().cores());
    double learned = operations / (FORTH_AND_BACK * smallShape.parameters());
    double read = operations / (FORTH * (smallShape.parameters() + largeShape.parameters()));
    double pair = 1 / ((1 - plan.share()) / small + plan.share() / large);
    double seconds =
        traces / large
            + (double) solved * answer / read
            + sft / learned
            + grpo * (1 / pair + 1 / learned)
            + measured / pair;

    Path unknown = Path.of("spans.jsonl");
    RunEstimate ofSft = FineTuning.estimate(learning.sft(unknown, Math.max(2, solved)));
    long memory = ofSft.memory().total();
    if (plan.learnsByReward()) {
      memory =
          Math.max(
              memory,
              OffloadTraining.estimate(learning.grpo(unknown, unknown, unknown, 8))
                  .memory()
                  .total());
    }
    memory = Math.max(memory, Files.size(plan.small()) + Files.size(plan.large()));
    long merged = (Float.BYTES + Short.BYTES) * smallShape.parameters();
    long disk = merged + ADAPTER_FILES * adapterBytes(smallShape, sizes.rank());
    return new Forecast(
        traces, sft, grpo, measured, seconds / 3600, memory, disk, small, large, learned);
  }

  /** Of two matrices beside every matrix of a layer. */
  private static long adapterBytes(ModelShape shape, int rank) {
    return shape.extents().entrySet().stream()
        .filter(weight -> weight.getKey().contains("_proj.weight"))
        .mapToLong(
            weight ->
                Float.BYTES * rank * weight.getValue().stream().mapToLong(Long::longValue).sum())
        .sum();
  }

  /** Tokens a second of one answer. */
  private static double speed(AdaptPlan plan, SplitOptions options, Policy policy, String question)
      throws InterruptedException {
    var work = Workload.oneAnswer(policy, plan.machine().cores());
    try (OpenPair open = OpenPair.open(plan.pair(), work)) {
      Trace trace = open.ask(question, options.withPolicy(policy).withMaxTokens(PROBE_TOKENS));
      int tokens = trace.usage().smallTokens() + trace.usage().largeTokens();
      return Math.max(1, tokens) / Math.max(1e-3, trace.seconds());
    }
  }

  /** The forecast for people. */
  List<String> lines() {
    return List.of(
        line("traces     %,d tokens at %,.1f a second", traceTokens, largeTokensASecond),
        line("SFT        %,d tokens at %,.1f a second", sftTokens, learnedTokensASecond),
        line("GRPO       %,d tokens, sampled and learned from", grpoTokens),
        line("measuring  %,d tokens", measureTokens),
        line("hours      %.1f, one answer at a time", hours),
        line("memory     %.1f GB", memoryBytes / GIGABYTE),
        line("disk       %.1f GB, most of it for a while only", diskBytes / GIGABYTE),
        "(answers half as long as they may be, half of them right; speeds of this machine now)");
  }

  private static String line(String figures, Object... values) {
    return String.format(Locale.ROOT, figures, values);
  }
}
