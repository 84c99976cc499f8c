package dev.splitreason.server.pair;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.splitreason.core.concurrent.InFlight;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.text.Suggestion;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import dev.splitreason.server.config.ServeSettings;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.limit.AnswerQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The pairs that are served, by their names. Thread-safe. */
public final class ServedPairs implements AutoCloseable {

  /** Between two looks for a server that is not there yet. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final SequencedMap<String, ServedPair> pairs = new LinkedHashMap<>();
  private final Workload work;
  private final Duration patience;

  /** So many answers' share of the caches is for kept prefixes. */
  private final int forPrefixes;

  /** Is told how far opening is. */
  public interface Progress {

    /** Is told and does nothing. */
    Progress NONE =
        new Progress() {
          @Override
          public void opening(PairSettings pair) {}

          @Override
          public void waiting(PairSettings pair, String why) {}

          @Override
          public void opened(PairSettings pair, double seconds) {}
        };

    /** The models of a pair are being opened. */
    void opening(PairSettings pair);

    /** A pair's server is not there yet, and will be asked again. */
    void waiting(PairSettings pair, String why);

    /** A pair answers now. */
    void opened(PairSettings pair, double seconds);
  }

  /**
   * Pairs that are not opened yet.
   *
   * @param usual how requests are answered unless they say otherwise
   * @param serving how much is done at once, and kept
   */
  public ServedPairs(
      List<PairSettings> settings, RequestSettings usual, ServeSettings serving, int cores) {
    ServeSettings.Limits limits = serving.limits();
    for (PairSettings pair : settings) {
      var queue = new AnswerQueue(limits.answersAtOnce(), limits.queue());
      pairs.put(pair.name(), new ServedPair(pair, pair.over(usual), queue, serving.keptPrefixes()));
    }
    this.patience = serving.waitForModels();
    // Kept prefixes take sessions too, each of which an answer has two of.
    this.forPrefixes = (serving.keptPrefixes() + 1) / 2;
    this.work =
        Workload.DEFAULT
            .ofAnswersAtOnce(limits.answersAtOnce() + forPrefixes)
            .ofAnswerTokens(Math.min(usual.toOptions().maxTokens(), limits.maxTokens()))
            .onCores(cores);
  }

  /**
   * Opens all of them, side by side; servers of models may have to come up first.
   *
   * @throws RuntimeException that of the first which cannot be opened
   */
  public void open(Progress progress) throws InterruptedException {
    InFlight.results(
        pairs.size(),
        pairs.values().stream()
            .map(pair -> (InFlight.Call<ServedPair>) () -> open(pair, progress))
            .toList());
  }

  private ServedPair open(ServedPair pair, Progress progress) throws InterruptedException {
    long began = System.nanoTime();
    progress.opening(pair.settings());
    OpenPair opened = open(pair.settings(), began, progress);
    pair.queue().narrowTo(Math.max(1, opened.answersAtOnce() - forPrefixes));
    pair.opened(opened);
    progress.opened(pair.settings(), (System.nanoTime() - began) / 1e9);
    return pair;
  }

  private OpenPair open(PairSettings pair, long began, Progress progress)
      throws InterruptedException {
    while (true) {
      try {
        return OpenPair.open(pair, work);
      } catch (ModelException e) {
        long left = patience.toNanos() - (System.nanoTime() - began);
        if (e.kind() != ModelException.Kind.UNAVAILABLE || left <= 0) {
          throw e;
        }
        progress.waiting(pair, String.valueOf(e.getMessage()));
        NANOSECONDS.sleep(Math.min(left, AGAIN.toNanos()));
      }
    }
  }

  /** All pairs. */
  public Collection<ServedPair> all() {
    return pairs.values();
  }

  /** The models that they are made of. */
  public List<ModelSettings> models() {
    return pairs.values().stream()
        .map(ServedPair::settings)
        .flatMap(pair -> Stream.of(pair.small(), pair.large(), pair.base()))
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * What a client means by a model's name: {@code NAME}, or {@code NAME:POLICY}.
   *
   * @throws Refusal if there is no such pair or policy
   */
  public Addressed named(String model) {
    ServedPair pair = pairs.get(model);
    if (pair != null) {
      return Addressed.usual(model, pair);
    }
    int colon = model.lastIndexOf(':');
    ServedPair before = colon < 0 ? null : pairs.get(model.substring(0, colon));
    if (before == null) {
      String near = Suggestion.after(model, pairs.keySet());
      throw Refusal.of(
          Refusal.Kind.NO_MODEL,
          "model",
          "there is no model '"
              + model
              + "'"
              + near
              + " (there is: "
              + String.join(", ", pairs.keySet())
              + ")");
    }
    try {
      return Addressed.chosen(model, before, model.substring(colon + 1));
    } catch (UserMistake e) {
      throw Refusal.of(
          Refusal.Kind.NO_MODEL,
          "model",
          "there is no model '"
              + model
              + "': after "
              + before.name()
              + ": comes "
              + Addressed.CHOICES);
    }
  }

  @Override
  public void close() {
    pairs.values().forEach(ServedPair::close);
  }
}
