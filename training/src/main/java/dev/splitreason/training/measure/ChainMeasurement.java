package dev.splitreason.training.measure;

import dev.splitreason.core.answer.FinalAnswer;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.training.distributed.Processes;
import dev.splitreason.training.example.ChatExamples;
import dev.splitreason.training.measure.AnswerMeasurement.Response;
import dev.splitreason.training.model.Transformer;
import dev.splitreason.training.rollout.Asking;
import dev.splitreason.training.rollout.TorchModel;
import dev.splitreason.training.run.MeasureConfig;
import dev.splitreason.training.run.Measurement;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Asks a model chain problems: it answers alone, also inside spans.
 *
 * @param model under training
 * @param chat how it is asked
 * @param config how many problems
 * @param processes among which the problems are divided
 */
public record ChainMeasurement(
    Transformer model, ChatExamples chat, MeasureConfig config, Processes processes)
    implements Measurement.Taker {

  /** No training run draws its problems from this seed. */
  private static final long SEED = 0x5eed_0f_7e57L;

  /** The first chain problems that no training run learns from. */
  public static List<Problem> problems(int count) {
    return problems(ChainProblems.of(SEED), 0, count);
  }

  /** Chain problems from an index on. */
  public static List<Problem> problems(ChainProblems chain, long first, int count) {
    return LongStream.range(first, first + count)
        .mapToObj(index -> problem(index, chain.get(index)))
        .toList();
  }

  private static Problem problem(long index, ChainProblem problem) {
    return new Problem("chain-" + index, problem.question(), problem.answer(), null);
  }

  @Override
  public Measurement after(long step) throws InterruptedException {
    List<Problem> problems = problems(config.problems());
    if (problems.isEmpty()) {
      return Measurement.none(step);
    }
    int longest = problems.stream().mapToInt(problem -> prompt(problem).length).max().orElseThrow();
    try (TorchModel asked =
        new TorchModel(
            "the model", model, chat.tokenizer(), longest + config.maxTokens(), problems.size())) {
      return new AnswerMeasurement(
              problem -> answer(asked, problem),
              problems,
              (problem, text) -> FinalAnswer.of(text).equals(problem.answer()),
              config,
              problems.size(),
              processes)
          .after(step);
    }
  }

  private Response answer(TorchModel asked, Problem problem) throws InterruptedException {
    Decoded decoded = Asking.alone(asked, prompt(problem), Sampling.GREEDY, config.maxTokens());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Token token : decoded.tokens()) {
      bytes.writeBytes(token.bytes());
    }
    return new Response(bytes.toString(StandardCharsets.UTF_8), null);
  }

  private int[] prompt(Problem problem) {
    return chat.prompt(problem.text());
  }
}
