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
import org.jspecify.annotations.Nullable;
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
  private @Nullable ModelException failure;

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
   * Measures. What fails is told and left out, with whatever else was to be measured at that length
   * or in that number.
   *
   * @throws ModelException if so much fails that nothing is known of prefills or of decode steps
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
    attempt(
        () -> {
          try (Session session = begun(plan.contexts().getFirst())) {
            session.decode(request(), token -> {});
          }
        },
        "the warm-up");
  }

  private Session begun(int context) throws InterruptedException {
    Session session = model.open();
    try {
      session.append(text.ids(context));
      session.settle();
      return session;
    } catch (ModelException | InterruptedException e) {
      session.close();
      throw e;
    }
  }

  private Grid prefillGrid() throws InterruptedException {
    var grid = new MeasuredGrid(plan.prefills(), plan.contexts());
    for (int context : plan.contexts()) {
      attempt(
          () -> {
            try (Session session = begun(context)) {
              for (int tokens : plan.prefills()) {
                String what = "prefill of " + tokens + " tokens after " + context + " tokens";
                attempt(
                    () -> {
                      double seconds = median(() -> prefillSeconds(session, context, tokens));
                      grid.put(tokens, context, seconds);
                      tell(what, seconds);
                    },
                    what);
              }
            }
          },
          "a sequence of " + context + " tokens");
    }
    return measured(grid.whole());
  }

  private double prefillSeconds(Session session, int context, int tokens)
      throws InterruptedException {
    int[] ids = text.ids(tokens);
    try {
      leaveOneToken(session);
      long start = nanoTime.getAsLong();
      session.append(ids);
      session.settle();
      return secondsSince(start);
    } finally {
      session.truncate(context);
    }
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
    String what = "probe of " + plan.probe() + " tokens after " + context + " tokens";
    double[] beyond = {0};
    attempt(
        () -> {
          try (Session session = begun(context)) {
            double prefill = median(() -> prefillSeconds(session, context, plan.probe()));
            double score = median(() -> scoreSeconds(session, context));
            tell(what, score);
            beyond[0] = Math.max(0, score - prefill);
          }
        },
        what);
    return beyond[0];
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
    var grid = new MeasuredGrid(plan.batches(), plan.contexts());
    int room = plan.batches().getLast();
    for (int context : plan.contexts().reversed()) {
      int most = room;
      List<Integer> batches = plan.batches().stream().filter(batch -> batch <= most).toList();
      room = Math.min(room, decodeRow(context, batches, grid));
    }
    return measured(grid.whole());
  }

  /**
   * Decode steps after one context, for as many of the batches as the model has room for.
   *
   * @return how many sequences it has room for, as far as is seen
   */
  private int decodeRow(int context, List<Integer> batches, MeasuredGrid grid)
      throws InterruptedException {
    List<Session> sessions = new ArrayList<>();
    try {
      for (int batch : batches) {
        String what = "decode step of " + batch + " sequences after " + context + " tokens";
        attempt(
            () -> {
              while (sessions.size() < batch) {
                sessions.add(begun(context));
              }
              double seconds =
                  median(() -> new DecodeTiming(sessions, context, request(), nanoTime).seconds());
              grid.put(batch, context, seconds);
              tell(what, seconds);
            },
            what);
      }
      return batches.getLast();
    } catch (ModelException e) {
      if (sessions.isEmpty()) {
        throw e;
      }
      LOG.info("no room for more than {} sequences of {} tokens", sessions.size(), context);
      return sessions.size();
    } finally {
      sessions.forEach(Session::close);
    }
  }

  private DecodeRequest request() {
    return DecodeRequest.upTo(plan.decoded(), text.endless());
  }

  private interface Measurement {
    void make() throws InterruptedException;
  }

  /**
   * Makes a measurement that may fail.
   *
   * @throws ModelException if there is no room for its sequences
   */
  private void attempt(Measurement measurement, String what) throws InterruptedException {
    try {
      measurement.make();
    } catch (ModelException e) {
      if (e.kind() == ModelException.Kind.OUT_OF_CAPACITY) {
        throw e;
      }
      if (failure == null) {
        failure = e;
      }
      progress.accept(what + ": failed, " + e.getMessage());
    }
  }

  private Grid measured(@Nullable Grid grid) {
    if (grid != null) {
      return grid;
    }
    throw failure != null
        ? failure
        : new ModelException(
            ModelException.Kind.UNAVAILABLE, model.info().name() + " could not be measured");
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

  private void tell(String what, double seconds) {
    progress.accept(String.format(Locale.ROOT, "%s: %.3f ms", what, 1000 * seconds));
  }
}
