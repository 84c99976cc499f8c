package dev.splitreason.evaluation.run;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks models for one token each: a model that gives it is there, whatever it failed to do before.
 *
 * @param models that are asked
 * @param limit how long each may take
 */
record LifeSign(Set<LanguageModel> models, Duration limit) {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  LifeSign {
    models = Set.copyOf(models);
  }

  /** Asks all models of a pair. */
  static LifeSign of(Pair pair) {
    Set<LanguageModel> models = new HashSet<>(Set.of(pair.untagged()));
    models.add(pair.small());
    models.add(pair.large());
    return new LifeSign(models, LIMIT);
  }

  /** Whether every model answers. */
  boolean given() throws InterruptedException {
    for (LanguageModel model : models) {
      if (!answersInTime(model)) {
        return false;
      }
    }
    return true;
  }

  private boolean answersInTime(LanguageModel model) throws InterruptedException {
    var question = new FutureTask<>(() -> answers(model));
    Thread thread = Thread.ofVirtual().name("asks for a life sign").start(question);
    try {
      return question.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } finally {
      thread.interrupt();
    }
  }

  private static boolean answers(LanguageModel model) throws InterruptedException {
    try (Session session = model.open()) {
      session.append("1");
      session.decode(DecodeRequest.upTo(1, Sampling.GREEDY), token -> {});
      return true;
    } catch (ModelException e) {
      return e.kind() == ModelException.Kind.OUT_OF_CAPACITY;
    }
  }
}
