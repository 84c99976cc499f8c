package dev.splitreason.training.measure;

import dev.splitreason.core.answer.FinalAnswer;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.training.example.ChatExamples;
import dev.splitreason.training.model.Qwen2;
import dev.splitreason.training.run.MeasureConfig;
import dev.splitreason.training.run.Measurement;
import dev.splitreason.training.run.Measurement.Sample;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a model the same chain problems every time, none of which a run trains on: the model answers
 * alone, also inside spans.
 *
 * @param model under training
 * @param chat how it is asked
 * @param config how many problems
 */
public record ChainMeasurement(Qwen2 model, ChatExamples chat, MeasureConfig config)
    implements Measurement.Taker {

  /** No training run draws its problems from this seed. */
  public static final long SEED = 0x5eed_0f_7e57L;

  @Override
  public Measurement after(long step) {
    long began = System.nanoTime();
    List<ChainProblem> problems = ChainProblems.of(SEED).first(config.problems()).toList();
    if (problems.isEmpty()) {
      return Measurement.none(step);
    }
    Tokenizer tokenizer = chat.tokenizer();
    List<int[]> prompts = problems.stream().map(p -> chat.prompt(p.question())).toList();
    List<int[]> answers = GreedyAnswers.of(model, prompts, tokenizer::endsText, config.maxTokens());
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      samples.add(sample(problems.get(i), text(tokenizer, answers.get(i))));
    }
    double right = samples.stream().filter(Sample::right).count();
    return new Measurement(
        step,
        right / samples.size(),
        null,
        samples.size(),
        null,
        (System.nanoTime() - began) / 1e9,
        samples.subList(0, Math.min(config.samples(), samples.size())));
  }

  private static Sample sample(ChainProblem problem, String response) {
    boolean right = FinalAnswer.of(response).equals(problem.answer());
    return new Sample(problem.question(), problem.answer(), response, right);
  }

  private static String text(Tokenizer tokenizer, int[] ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(tokenizer.bytes(id));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
