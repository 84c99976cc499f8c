package dev.splitreason.simulator.profile;

import java.util.Objects;

/**
 * How fast a pair of models is.
 *
 * @param name what results are reported under
 * @param source where the numbers come from
 * @param small the model that writes most of the answer
 * @param large the model that takes the hard spans
 * @param sharedDevice whether both run on the same device, one forward pass at a time
 */
public record PairProfile(
    String name, String source, ModelProfile small, ModelProfile large, boolean sharedDevice) {

  public PairProfile {
    Objects.requireNonNull(name, "a profile without a name");
    Objects.requireNonNull(source, "a profile without its source");
    Objects.requireNonNull(small, "a profile without its small model");
    Objects.requireNonNull(large, "a profile without its large model");
  }

  /** The same pair on one device, or on two. */
  public PairProfile withSharedDevice(boolean sharedDevice) {
    return new PairProfile(name, source, small, large, sharedDevice);
  }
}
