package dev.splitreason.simulator.measure;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Token ids that mean nothing and never end a text. */
final class RandomText {

  /** What a vocabulary that cannot be listed is asked to take apart. */
  private static final String WORDS =
      """
      Seven tired gardeners carried 36 baskets of ripe apples, and then the river rose; why should
      anybody believe that a paper boat, 12.5 inches long, would cross between (x + y) and 4 * z?
      Because copper wires conduct, engineers measured the voltage: 240 at noon, 198 after dusk.
      """;

  private final Tokenizer tokenizer;
  private final Sampling endless;
  private final int[] words;
  private final SplittableRandom random = new SplittableRandom(1);

  private RandomText(Tokenizer tokenizer, Sampling endless, int[] words) {
    this.tokenizer = tokenizer;
    this.endless = endless;
    this.words = words;
  }

  static RandomText of(LanguageModel model) {
    Tokenizer tokenizer = model.tokenizer();
    if (tokenizer == null) {
      throw new UserMistake(
          model.info().name() + " takes text only: measuring needs a model that takes token ids");
    }
    Map<Integer, Float> ends = new HashMap<>();
    if (model.capabilities().logitBias()) {
      for (int id = 0; id < tokenizer.size(); id++) {
        if (tokenizer.endsText(id)) {
          ends.put(id, Float.NEGATIVE_INFINITY);
        }
      }
    }
    int[] words = tokenizer.listed() ? new int[0] : tokenizer.tokenize(WORDS);
    return new RandomText(tokenizer, new Sampling(0, 0, 1, 0, 1, 0, ends), words);
  }

  /** Ids of a vocabulary, or, where a server does not list it, of some words. */
  int[] ids(int count) {
    return (words.length == 0
            ? random.ints(0, tokenizer.size())
            : random.ints(0, words.length).map(i -> words[i]))
        .filter(id -> !tokenizer.endsText(id))
        .limit(count)
        .toArray();
  }

  /** Greedy, but never the end of the text, where the model lets that be forbidden. */
  Sampling endless() {
    return endless;
  }
}
