package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.engine.openai.ScoringCosts.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Asks a server what is likeliest at every position of a run, the way that is cheaper there. Either
 * way tells the same; only the log-probability of a token that is there but unlikely is told by one
 * of them alone. It knows nothing of sessions and of what is drawn. Thread-safe.
 */
final class RunScoring {

  /** Whoever carries a request out, and may cancel it. */
  interface Asker {
    <T> T ask(Callable<T> request) throws InterruptedException;
  }

  private static final double NANOS = 1e9;

  private final ServerClient client;
  private final boolean inBatches;
  private final LongSupplier nanoTime;
  private final ScoringCosts costs = new ScoringCosts();

  /**
   * Scoring on a server.
   *
   * @param inBatches whether it answers for several prompts at once, and tells the likeliest tokens
   *     of each
   * @param nanoTime a clock
   */
  RunScoring(ServerClient client, boolean inBatches, LongSupplier nanoTime) {
    this.client = client;
    this.inBatches = inBatches;
    this.nanoTime = nanoTime;
  }

  /**
   * The likeliest tokens at the positions of a run, n + 1 for n tokens.
   *
   * @param requests how they are asked for
   * @param ids the sequence, with the run
   * @param start where the run begins in it, at least 1
   * @param likeliest how many tokens to tell at a position
   * @param ofRun whether those of the run have to be among them, likely or not
   */
  List<TopLogProbs> look(
      Asker asker, CompletionRequests requests, int[] ids, int start, int likeliest, boolean ofRun)
      throws InterruptedException {
    int run = ids.length - start;
    Way way = way(start, run, ofRun);
    long began = nanoTime.getAsLong();
    List<TopLogProbs> told = asker.ask(() -> look(way, requests, ids, start, likeliest));
    if (run > 0) {
      costs.took(way, start, run, (nanoTime.getAsLong() - began) / NANOS);
    }
    return told;
  }

  /** With nothing to look back at, the one request of each way is the same but for its price. */
  private Way way(int start, int run, boolean ofRun) {
    if (!inBatches || ofRun) {
      return Way.WHOLE_PROMPT;
    }
    return run == 0 ? Way.EACH_PREFIX : costs.next(start, run);
  }

  /** One way of doing it. */
  List<TopLogProbs> look(
      Way way, CompletionRequests requests, int[] ids, int start, int likeliest) {
    return switch (way) {
      case WHOLE_PROMPT -> ofPrompt(requests, ids, start, likeliest);
      case EACH_PREFIX -> ofPrefixes(requests, ids, start, likeliest);
    };
  }

  private List<TopLogProbs> ofPrompt(
      CompletionRequests requests, int[] ids, int start, int likeliest) {
    JsonNode choice = client.complete(requests.scored(ids, likeliest));
    JsonNode prompt = choice.path("prompt_logprobs");
    if (prompt.size() != ids.length) {
      throw untold();
    }
    List<TopLogProbs> told = new ArrayList<>();
    for (int i = start; i < ids.length; i++) {
      told.add(TopLogProbs.ofPrompt(prompt.get(i)));
    }
    told.add(next(choice));
    return told;
  }

  private List<TopLogProbs> ofPrefixes(
      CompletionRequests requests, int[] ids, int start, int likeliest) {
    int[] lengths = IntStream.rangeClosed(start, ids.length).toArray();
    return client.complete(requests.likeliest(ids, lengths, likeliest), lengths.length).stream()
        .map(this::next)
        .toList();
  }

  private TopLogProbs next(JsonNode choice) {
    JsonNode told = choice.path("logprobs").path("top_logprobs").path(0);
    if (told.isEmpty()) {
      throw untold();
    }
    return TopLogProbs.ofCompletion(told);
  }

  private ModelException untold() {
    return new ModelException(
        ModelException.Kind.UNAVAILABLE,
        client.name() + " did not tell the probabilities of every token");
  }
}
