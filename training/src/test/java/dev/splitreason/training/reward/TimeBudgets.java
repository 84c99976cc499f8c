package dev.splitreason.training.reward;

import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.answer.SplitSettings;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.Profiles;
import dev.splitreason.training.reward.LatencyReward.TimeBudget;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Time budgets on the paper's hardware. */
final class TimeBudgets {

  static final PairProfile PROFILE = profile();

  private TimeBudgets() {}

  static TimeBudget of(double target, int spanTokens) {
    return new TimeBudget(PROFILE, Mode.SEQUENTIAL, SplitSettings.DEFAULT, target, spanTokens);
  }

  private static PairProfile profile() {
    try {
      return Profiles.load(Profiles.PAPER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
