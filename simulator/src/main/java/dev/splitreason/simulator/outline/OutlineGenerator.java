package dev.splitreason.simulator.outline;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.trace.Author;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes outlines with a given share of the large model: spans of random lengths at random places.
 *
 * @param prompt lengths of prompts
 * @param answer lengths of answers, tags included
 * @param span lengths of spans
 * @param offloadRatio the large model's share of an answer's tokens, 0 … 1
 */
public record OutlineGenerator(Lengths prompt, Lengths answer, Lengths span, double offloadRatio) {

  public OutlineGenerator {
    if (!(offloadRatio >= 0 && offloadRatio <= 1)) {
      throw new UserMistake("the offload ratio must be in 0 … 1, not " + offloadRatio);
    }
  }

  /** The same lengths with another share. */
  public OutlineGenerator withOffloadRatio(double offloadRatio) {
    return new OutlineGenerator(prompt, answer, span, offloadRatio);
  }

  /** Outlines that depend on the seed alone. */
  public List<Outline> generate(int answers, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Outline> outlines = new ArrayList<>(answers);
    for (int i = 0; i < answers; i++) {
      SplittableRandom own = random.split();
      int tokens = answer.draw(own);
      outlines.add(one(prompt.draw(own), tokens, own));
    }
    return outlines;
  }

  /** Outlines as long as these answers, with spans of this generator's share and lengths. */
  public List<Outline> redraw(List<Outline> answers, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return answers.stream()
        .map(answer -> one(answer.promptTokens(), answer.tokens(), random.split()))
        .toList();
  }

  private Outline one(int promptTokens, int tokens, RandomGenerator random) {
    // Rounded at random, so that the mean share is right on short answers too.
    int large = (int) Math.floor(offloadRatio * tokens + random.nextDouble());
    List<Integer> spans = spans(Math.min(large, tokens), tokens, random);
    int small = Math.max(0, tokens - large - 2 * spans.size());
    int[] cuts = random.ints(spans.size(), 0, small + 1).toArray();
    Arrays.sort(cuts);
    List<OutlineTurn> turns = new ArrayList<>();
    int written = 0;
    for (int i = 0; i < spans.size(); i++) {
      int tags = i == 0 ? 1 : 2;
      turns.add(new OutlineTurn(Author.SMALL, cuts[i] - written + tags, tags));
      turns.add(new OutlineTurn(Author.LARGE, spans.get(i), 0));
      written = cuts[i];
    }
    int closeTag = spans.isEmpty() ? 0 : 1;
    turns.add(new OutlineTurn(Author.SMALL, small - written + closeTag, closeTag));
    return new Outline(promptTokens, turns);
  }

  /** Span lengths that add up to {@code large}, few enough to leave room for their tags. */
  private List<Integer> spans(int large, int tokens, RandomGenerator random) {
    int most = Math.max(1, (tokens - large) / 2);
    List<Integer> spans = new ArrayList<>();
    int left = large;
    while (left > 0) {
      int length = spans.size() + 1 == most ? left : Math.min(left, span.draw(random));
      spans.add(length);
      left -= length;
    }
    return spans;
  }
}
