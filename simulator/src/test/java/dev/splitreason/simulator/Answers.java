package dev.splitreason.simulator;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.outline.Outline;
import dev.splitreason.simulator.outline.OutlineTurn;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.PassTime;
import java.util.ArrayList;
import java.util.List;

/** Answers and profiles written short. */
final class Answers {

  private Answers() {}

  /** An answer to a prompt of 100 tokens; text lengths by small and large in turn, tags added. */
  static Outline outline(int... lengths) {
    List<OutlineTurn> turns = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      int closes = i > 0 ? 1 : 0;
      int opens = i < lengths.length - 1 ? 1 : 0;
      turns.add(
          i % 2 == 0
              ? new OutlineTurn(Author.SMALL, lengths[i] + closes + opens, closes + opens)
              : new OutlineTurn(Author.LARGE, lengths[i], 0));
    }
    return new Outline(100, turns);
  }

  static PairProfile pair(PassTime small, PassTime large) {
    return pair(ModelProfile.local("small", small), ModelProfile.local("large", large));
  }

  static PairProfile pair(ModelProfile small, ModelProfile large) {
    return new PairProfile("test", "made up", small, large, false);
  }
}
