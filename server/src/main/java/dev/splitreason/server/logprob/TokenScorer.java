package dev.splitreason.server.logprob;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.server.logprob.ScoredToken.Likely;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** One model's sequence, whose tokens are scored or only read. */
final class TokenScorer implements AutoCloseable {

  /** Numbers that are looked at together, of all places and tokens of the vocabulary: 16 MB. */
  private static final int AT_ONCE = 1 << 22;

  private static final int MOST_PLACES = 256;

  private final Session session;
  private final Tokenizer tokenizer;
  private final int top;
  private final int[] watched;
  private final int places;

  /**
   * An empty sequence.
   *
   * @param top how many of the likeliest tokens are told at each place
   */
  TokenScorer(LanguageModel model, int top) {
    this.session = model.open();
    this.tokenizer = Objects.requireNonNull(model.tokenizer(), "models that score tell tokens");
    this.top = top;
    this.watched = top == 0 ? new int[0] : IntStream.range(0, tokenizer.size()).toArray();
    this.places = Math.clamp(AT_ONCE / Math.max(1, watched.length), 1, MOST_PLACES);
  }

  /** Reads tokens that nobody asks about. */
  void read(int[] tokens) throws InterruptedException {
    session.append(tokens);
  }

  /** Reads tokens, and tells how likely each is after all before it. */
  List<ScoredToken> score(int[] tokens) throws InterruptedException {
    List<ScoredToken> scored = new ArrayList<>();
    int from = 0;
    if (session.length() == 0 && tokens.length > 0) {
      session.append(tokens[0]);
      scored.add(new ScoredToken(tokenizer.token(tokens[0]), null, List.of()));
      from = 1;
    }
    for (; from < tokens.length; from += places) {
      int[] run = Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + places));
      Scores scores = session.score(run, new ScoreRequest(true, watched, false, null));
      for (int i = 0; i < run.length; i++) {
        List<Likely> likeliest = top == 0 ? List.of() : likeliest(scores.watched()[i]);
        scored.add(
            new ScoredToken(tokenizer.token(run[i]), (double) scores.logProbs()[i], likeliest));
      }
    }
    return scored;
  }

  private List<Likely> likeliest(float[] logProbs) {
    PriorityQueue<Integer> best =
        new PriorityQueue<>(Comparator.comparingDouble(id -> logProbs[id]));
    for (int id = 0; id < logProbs.length; id++) {
      if (best.size() < top) {
        best.add(id);
      } else if (logProbs[id] > logProbs[best.element()]) {
        best.remove();
        best.add(id);
      }
    }
    return best.stream()
        .sorted(Comparator.comparingDouble((Integer id) -> -logProbs[id]).thenComparing(id -> id))
        .map(id -> new Likely(tokenizer.token(id), logProbs[id]))
        .toList();
  }

  @Override
  public void close() {
    session.close();
  }
}
