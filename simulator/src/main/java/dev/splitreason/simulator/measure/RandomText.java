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

  private final Tokenizer tokenizer;
  private final Sampling endless;
  private final SplittableRandom random = new SplittableRandom(1);

  private RandomText(Tokenizer tokenizer, Sampling endless) {
    this.tokenizer = tokenizer;
    this.endless = endless;
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
    return new RandomText(tokenizer, new Sampling(0, 0, 1, 0, 1, 0, ends));
  }

  int[] ids(int count) {
    return random
        .ints(0, tokenizer.size())
        .filter(id -> !tokenizer.endsText(id))
        .limit(count)
        .toArray();
  }

  /** Greedy, but never the end of the text, where the model lets that be forbidden. */
  Sampling endless() {
    return endless;
  }
}
