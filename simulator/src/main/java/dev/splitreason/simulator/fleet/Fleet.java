package dev.splitreason.simulator.fleet;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.simulator.answer.Mode;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import java.util.Locale;

/**
 * Devices, and how many answers they work on at a time.
 *
 * @param profile how fast the models are, and how many devices a copy takes
 * @param smallDevices devices that hold the small model
 * @param largeDevices devices that hold the large model
 * @param smallBatch the most answers a copy of the small model holds at a time
 * @param largeBatch the most answers a copy of the large model holds at a time
 */
public record Fleet(
    PairProfile profile, int smallDevices, int largeDevices, int smallBatch, int largeBatch) {

  public Fleet {
    if (smallDevices < 1 || largeDevices < 1) {
      throw new UserMistake(
          "a fleet has at least 1 device for each model, not "
              + smallDevices
              + " and "
              + largeDevices);
    }
    if (smallBatch < 1 || largeBatch < 1) {
      throw new UserMistake(
          "a batch has room for at least 1 answer, not " + smallBatch + " and " + largeBatch);
    }
  }

  /** All devices. */
  public int devices() {
    return smallDevices + largeDevices;
  }

  /**
   * Copies of the small model in a mode.
   *
   * @throws UserMistake if the devices do not hold one
   */
  int smallCopies(Mode mode) {
    return switch (mode) {
      case SMALL -> copies(profile.small(), devices());
      case LARGE -> 0;
      case SEQUENTIAL, PIPELINED, SPECULATIVE -> copies(profile.small(), smallDevices);
    };
  }

  /**
   * Copies of the large model in a mode: alone, it has all devices of the fleet.
   *
   * @throws UserMistake if the devices do not hold one
   */
  int largeCopies(Mode mode) {
    return switch (mode) {
      case SMALL -> 0;
      case LARGE -> copies(profile.large(), devices());
      case SEQUENTIAL, PIPELINED, SPECULATIVE -> copies(profile.large(), largeDevices);
    };
  }

  private static int copies(ModelProfile model, int devices) {
    int copies = devices / model.devices();
    if (copies == 0) {
      throw new UserMistake(
          String.format(
              Locale.ROOT,
              "%d devices do not hold '%s', which takes %d",
              devices,
              model.name(),
              model.devices()));
    }
    return copies;
  }
}
