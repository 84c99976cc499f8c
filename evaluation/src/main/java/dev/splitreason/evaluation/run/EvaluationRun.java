package dev.splitreason.evaluation.run;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.core.concurrent.InFlight;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.data.problem.Benchmark;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.evaluation.run.Sample.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Lets contenders answer a benchmark: each problem, each sample, many at once over the same models.
 *
 * <p>What the log has already is not asked again. A model that is gone is waited for; if it does
 * not come back the run ends, and the log has what was finished. What a model cannot do while it is
 * there, such as a problem that is longer than its context, fails that sample alone. The answers
 * are a function of the settings: not of what else is in flight.
 */
public final class EvaluationRun {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Benchmark benchmark;
  private final RunSettings settings;
  private final Judge judge;
  private final SampleLog log;
  private final SampleListener listener;
  private final Patience patience;

  public EvaluationRun(
      Benchmark benchmark,
      RunSettings settings,
      AnswerChecker checker,
      SampleLog log,
      SampleListener listener) {
    this.benchmark = benchmark;
    this.settings = settings;
    this.judge = new Judge(checker);
    this.log = log;
    this.listener = listener;
    this.patience = new Patience(settings.patience(), FIRST_PAUSE);
  }

  /**
   * Draws all samples that are missing, one contender after another, so that a contender's
   * latencies are not another's.
   *
   * @throws ModelGoneException if a model did not come back
   * @throws IOException if the log cannot be written
   * @throws InterruptedException if the calling thread is interrupted; answers in flight are
   *     dropped
   */
  public void run(List<Entry> entries) throws IOException, InterruptedException {
    for (Entry entry : entries) {
      run(entry);
    }
  }

  private void run(Entry entry) throws IOException, InterruptedException {
    var decoder = new SplitDecoder(entry.pair());
    try (var answers = new InFlight(settings.inFlight())) {
      for (Problem problem : benchmark.problems()) {
        for (int i = 0; i < settings.samples(); i++) {
          var key = new SampleKey(entry.contender(), problem.id(), i);
          if (!log.has(key, problem.text())) {
            answers.start(() -> draw(decoder, entry.policy(), problem, key));
          }
        }
      }
      answers.await();
    }
  }

  private void draw(SplitDecoder decoder, PolicyChoice policy, Problem problem, SampleKey key)
      throws InterruptedException, IOException {
    SplitOptions options = settings.optionsOf(policy, key);
    Sample sample = answer(decoder, options, problem, key);
    synchronized (listener) {
      log.add(sample);
      listener.onSample(sample);
    }
  }

  private Sample answer(SplitDecoder decoder, SplitOptions options, Problem problem, SampleKey key)
      throws InterruptedException {
    long seed = options.sampling().seed();
    List<Message> conversation = List.of(Message.user(problem.text()));
    Trace trace;
    try {
      trace =
          patience.await(
              () -> decoder.decode(conversation, options, TraceListener.NONE),
              LifeSign.of(decoder.pair())::given);
    } catch (ModelGoneException e) {
      throw e;
    } catch (ModelException e) {
      return new Sample(key, problem, seed, Outcome.FAILED, e.getMessage(), "", null);
    }
    if (trace.finishReason() == FinishReason.CANCELLED) {
      throw new InterruptedException();
    }
    return judge.judge(key, problem, seed, trace);
  }
}
