package dev.splitreason.training.pretrain;

import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.training.example.ChatExamples;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.StepData;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The examples of every step of pre-training: example i is a function of the seed and i alone. */
final class ChainExamples implements StepData.Source {

  /** Problems and drills of one example are drawn apart. */
  private static final long DRILL_STREAM = 0xd1L << 56;

  private final PretrainConfig config;
  private final ChatExamples chat;
  private final ChainProblems problems;

  ChainExamples(PretrainConfig config, ChatExamples chat) {
    this.config = config;
    this.chat = chat;
    this.problems = new ChainProblems(config.seed(), config.data().rules());
  }

  @Override
  public StepData at(long step) {
    List<Example> examples = new ArrayList<>(config.schedule().batch());
    for (int i = 0; i < config.schedule().batch(); i++) {
      examples.add(example(step * config.schedule().batch() + i));
    }
    return StepData.padded(examples, config.schedule().microBatch());
  }

  private Example example(long index) {
    var random = new SplittableRandom(CounterRandom.bits(config.seed() ^ DRILL_STREAM, index));
    if (random.nextDouble() < config.data().drills()) {
      return Drill.of(config.data(), chat.tokenizer(), random);
    }
    ChainProblem problem = problems.get(index);
    return chat.of(problem.question(), problem.response());
  }
}
