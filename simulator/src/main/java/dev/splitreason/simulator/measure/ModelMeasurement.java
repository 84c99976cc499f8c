package dev.splitreason.simulator.measure;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.simulator.profile.Grid;
import dev.splitreason.simulator.profile.MeasuredTime;
import dev.splitreason.simulator.profile.ModelProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a model where it runs: decode steps over contexts and batch sizes, prefills over lengths
 * and contexts, and what a probe costs beyond its prefill. Texts are random tokens: the time does
 * not depend on what they say.
 */
public final class ModelMeasurement {

  private static final Logger LOG = LoggerFactory.getLogger(ModelMeasurement.class);

  private static final double NANOS = 1e9;

  private final LanguageModel model;
  private final MeasurementPlan plan;
  private final LongSupplier nanoTime;
  private final Consumer<String> progress;
  private final RandomText text;

  /**
   * A measurement to be made.
   *
   * @param nanoTime the clock, in nanoseconds
   * @param progress told what was measured, a line each
   * @throws IllegalArgumentException if the model takes no token ids, or its context is too short
   *     for the plan
   */
  public ModelMeasurement(
      LanguageModel model, MeasurementPlan plan, LongSupplier nanoTime, Consumer<String> progress) {
    this.model = model;
    this.plan = plan.within(model.info().contextLength());
    this.nanoTime = nanoTime;
    this.progress = progress;
    this.text = RandomText.of(model);
  }

  /**
   * Measures.
   *
   * @throws ModelException if the model fails
   */
  public ModelProfile measure() throws InterruptedException {
    warmUp();
    Grid prefill = prefillGrid();
    double probeSeconds = probeSeconds();
    Grid decode = decodeGrid();
    return ModelProfile.local(model.info().name(), new MeasuredTime(decode, prefill))
        .withProbeSeconds(probeSeconds);
  }

  private void warmUp() throws InterruptedException {
    try (Session session = model.open()) {
      session.append(text.ids(plan.contexts().getFirst()));
      session.decode(request(), token -> {});
    }
  }

  private Grid prefillGrid() throws InterruptedException {
    List<List<Double>> rows = new ArrayList<>();
    for (int context : plan.contexts()) {
      try (Session session = model.open()) {
        session.append(text.ids(context));
        List<Double> row = new ArrayList<>();
        for (int tokens : plan.prefills()) {
          row.add(median(() -> prefillSeconds(session, context, tokens)));
          tell("prefill of %d tokens after %d", tokens, context, row.getLast());
        }
        rows.add(row);
      }
    }
    return new Grid(plan.prefills(), plan.contexts(), rows);
  }

  private double prefillSeconds(Session session, int context, int tokens)
      throws InterruptedException {
    int[] ids = text.ids(tokens);
    leaveOneToken(session);
    long start = nanoTime.getAsLong();
    session.append(ids);
    double seconds = secondsSince(start);
    session.truncate(context);
    return seconds;
  }

  /**
   * An engine may put off the last token of a sequence until it knows whether its logits are
   * needed. With one token left over before as after, a run of n tokens costs n either way.
   */
  private void leaveOneToken(Session session) throws InterruptedException {
    session.append(text.ids(1));
  }

  /** What drawing at every position of a span adds to prefilling it. */
  private double probeSeconds() throws InterruptedException {
    if (!model.capabilities().scoring()) {
      LOG.info("{} does not score, so a probe is taken to cost its prefill", model.info().name());
      return 0;
    }
    int context = plan.contexts().getFirst();
    try (Session session = model.open()) {
      session.append(text.ids(context));
      double prefill = median(() -> prefillSeconds(session, context, plan.probe()));
      double score = median(() -> scoreSeconds(session, context));
      tell("probe of %d tokens after %d", plan.probe(), context, score);
      return Math.max(0, score - prefill);
    }
  }

  private double scoreSeconds(Session session, int context) throws InterruptedException {
    int[] ids = text.ids(plan.probe());
    leaveOneToken(session);
    long start = nanoTime.getAsLong();
    session.score(ids, ScoreRequest.ofDraws(Sampling.GREEDY));
    double seconds = secondsSince(start);
    session.truncate(context);
    return seconds;
  }

  private Grid decodeGrid() throws InterruptedException {
    List<List<Double>> rows = new ArrayList<>();
    int batches = plan.batches().size();
    for (int context : plan.contexts().reversed()) {
      List<Double> row = decodeRow(context, plan.batches().subList(0, batches));
      batches = row.size();
      rows.addFirst(row);
    }
    int measured = batches;
    return new Grid(
        plan.batches().subList(0, measured),
        plan.contexts(),
        rows.stream().map(row -> row.subList(0, measured)).toList());
  }

  /** Decode steps after one context, for as many of the batches as the model has room for. */
  private List<Double> decodeRow(int context, List<Integer> batches) throws InterruptedException {
    List<Double> row = new ArrayList<>();
    List<Session> sessions = new ArrayList<>();
    try {
      for (int batch : batches) {
        while (sessions.size() < batch) {
          sessions.add(model.open());
          sessions.getLast().append(text.ids(context));
        }
        row.add(median(() -> new DecodeTiming(sessions, context, request(), nanoTime).seconds()));
        tell("decode step of %d sequences after %d", batch, context, row.getLast());
      }
    } catch (ModelException e) {
      if (e.kind() != ModelException.Kind.OUT_OF_CAPACITY || row.isEmpty()) {
        throw e;
      }
      LOG.info("no room for more than {} sequences of {} tokens", sessions.size() - 1, context);
    } finally {
      sessions.forEach(Session::close);
    }
    return row;
  }

  private DecodeRequest request() {
    return DecodeRequest.upTo(plan.decoded(), text.endless());
  }

  private interface Timing {
    double seconds() throws InterruptedException;
  }

  private double median(Timing timing) throws InterruptedException {
    double[] seconds = new double[plan.repeats()];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = timing.seconds();
    }
    Arrays.sort(seconds);
    // A clock too coarse to see it still leaves a time above 0.
    return Math.max(1 / NANOS, seconds[seconds.length / 2]);
  }

  private double secondsSince(long start) {
    return (nanoTime.getAsLong() - start) / NANOS;
  }

  private void tell(String what, int amount, int context, double seconds) {
    progress.accept(
        String.format(Locale.ROOT, what + " tokens: %.3f ms", amount, context, 1000 * seconds));
  }
}
