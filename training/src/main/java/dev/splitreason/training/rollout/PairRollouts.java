package dev.splitreason.training.rollout;

import dev.splitreason.core.concurrent.InFlight;
import dev.splitreason.core.concurrent.InFlight.Call;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.data.problem.Problem;
import java.util.ArrayList;
import java.util.List;

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
   * @throws UserMistake if the small model's vocabulary has not one token for each tag
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
      throw new UserMistake(
          "GRPO needs the tag %s as one token, but %s spells it with %d"
              .formatted(tag, small.info().name(), ids.length),
          "add the tags as tokens");
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
    List<Call<Rollout>> answers = new ArrayList<>();
    for (int i = 0; i < problems.size() * each; i++) {
      Problem problem = problems.get(i / each);
      Sampling sampling = Sampling.at(config.temperature(), CounterRandom.bits(seed, first + i));
      Call<Rollout> answer =
          config.handsOver() ? () -> split(problem, sampling) : () -> alone(problem, sampling);
      answers.add(answer);
    }
    return InFlight.results(config.together(), answers);
  }

  /** The pair that answers: the caller's models with this small one. */
  private Pair pair(LanguageModel writer) {
    return Pair.builder()
        .small(writer, smallTemplate)
        .large(large, largeTemplate)
        .spans(new SpanSettings(tags, config.chunk(), config.spanCap()))
        .build();
  }

  /** The pair whose answers these are, to be asked otherwise too. */
  public Pair pair() {
    return pair(small);
  }

  /** The large model writes the spans. */
  private Rollout split(Problem problem, Sampling sampling) throws InterruptedException {
    DrawLog log = new DrawLog(small.tokenizer(), drawing.closeTag());
    Trace trace =
        Asking.pair(pair(small.recordedIn(log)), problem.text(), sampling, config.maxTokens());
    boolean ended = trace.finishReason() == FinishReason.STOP;
    return recorder().split(problem, prompt(problem).length, log, ended);
  }

  /** The small model writes everything, the spans as well. */
  private Rollout alone(Problem problem, Sampling sampling) throws InterruptedException {
    DrawLog log = new DrawLog(small.tokenizer(), drawing.closeTag());
    int[] prompt = prompt(problem);
    Decoded decoded = Asking.alone(small.recordedIn(log), prompt, sampling, config.maxTokens());
    boolean ended = decoded.end() == Decoded.End.END_OF_TEXT;
    return recorder().alone(problem, prompt.length, log, ended);
  }

  private RolloutRecorder recorder() {
    return new RolloutRecorder(small.tokenizer(), drawing);
  }

  private int[] prompt(Problem problem) {
    return small
        .tokenizer()
        .tokens(smallTemplate.render(List.of(Message.user(problem.text())), true));
  }
}
