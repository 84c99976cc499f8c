package dev.splitreason.training.rollout;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.data.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Rollouts in this process: the small model in training and a large one, driven by the split
 * decoder as any other pair. Each answer has a virtual thread; the models compute them together.
 */
public final class PairRollouts implements RolloutSource {

  private final TorchModel small;
  private final LanguageModel large;
  private final PromptTemplate smallTemplate;
  private final PromptTemplate largeTemplate;
  private final TagSpelling tags;
  private final RolloutConfig config;
  private final Drawing drawing;

  /**
   * Rollouts of a pair, whose models are the caller's to close.
   *
   * @throws IllegalArgumentException if the small model's vocabulary has not one token for each tag
   */
  public PairRollouts(
      TorchModel small,
      LanguageModel large,
      PromptTemplate smallTemplate,
      PromptTemplate largeTemplate,
      TagSpelling tags,
      RolloutConfig config) {
    this.small = small;
    this.large = large;
    this.smallTemplate = smallTemplate;
    this.largeTemplate = largeTemplate;
    this.tags = tags;
    this.config = config;
    this.drawing = new Drawing(config.temperature(), tagId(tags.open()), tagId(tags.close()));
  }

  private int tagId(String tag) {
    int[] ids = small.tokenizer().tokenizeWithControl(tag);
    if (ids.length != 1) {
      throw new IllegalArgumentException(
          "GRPO needs the tag %s as one token, but %s spells it with %d: add the tags as tokens"
              .formatted(tag, small.info().name(), ids.length));
    }
    return ids[0];
  }

  @Override
  public Drawing drawing() {
    return drawing;
  }

  @Override
  public int longest() {
    return config.maxTokens();
  }

  @Override
  public List<Rollout> sample(List<Problem> problems, int each, long seed, long first)
      throws InterruptedException {
    SideBySide<Rollout> answers = new SideBySide<>(config.together());
    for (int i = 0; i < problems.size() * each; i++) {
      Problem problem = problems.get(i / each);
      Sampling sampling = Sampling.at(config.temperature(), CounterRandom.bits(seed, first + i));
      Callable<Rollout> answer =
          config.handsOver() ? () -> split(problem, sampling) : () -> alone(problem, sampling);
      answers.submit(answer);
    }
    return answers.results();
  }

  /** The large model writes the spans. */
  private Rollout split(Problem problem, Sampling sampling) throws InterruptedException {
    DrawLog log = new DrawLog(small.tokenizer(), drawing.closeTag());
    Pair pair =
        Pair.builder()
            .small(small.recordedIn(log), smallTemplate)
            .large(large, largeTemplate)
            .spans(new SpanSettings(tags, config.chunk(), config.spanCap()))
            .build();
    SplitOptions options =
        SplitOptions.DEFAULT
            .withPolicy(new Policy.Learned())
            .withSampling(sampling)
            .withMaxTokens(config.maxTokens())
            .withPipelined(false);
    Trace trace = new SplitDecoder(pair).decode(conversation(problem), options, TraceListener.NONE);
    if (trace.finishReason() == FinishReason.CANCELLED) {
      throw new InterruptedException();
    }
    if (trace.degradedBecause() != null) {
      // An answer that the small model had to end alone says nothing about handing over.
      throw new IllegalStateException("the large model failed: " + trace.degradedBecause());
    }
    boolean ended = trace.finishReason() == FinishReason.STOP;
    return recorder().split(problem, prompt(problem).length, log, ended);
  }

  /** The small model writes everything, the spans as well. */
  private Rollout alone(Problem problem, Sampling sampling) throws InterruptedException {
    DrawLog log = new DrawLog(small.tokenizer(), drawing.closeTag());
    int[] prompt = prompt(problem);
    try (Session session = small.recordedIn(log).open()) {
      session.append(prompt);
      Decoded decoded =
          session.decode(DecodeRequest.upTo(config.maxTokens(), sampling), token -> {});
      boolean ended = decoded.end() == Decoded.End.END_OF_TEXT;
      return recorder().alone(problem, prompt.length, log, ended);
    }
  }

  private RolloutRecorder recorder() {
    return new RolloutRecorder(small.tokenizer(), drawing);
  }

  private int[] prompt(Problem problem) {
    Tokenizer tokenizer = small.tokenizer();
    Prompt prompt = smallTemplate.render(conversation(problem), true);
    return prompt.parts().stream()
        .map(
            part ->
                part.scaffold()
                    ? tokenizer.tokenizeWithControl(part.text())
                    : tokenizer.tokenize(part.text()))
        .flatMapToInt(Arrays::stream)
        .toArray();
  }

  private static List<Message> conversation(Problem problem) {
    return List.of(Message.user(problem.text()));
  }
}
