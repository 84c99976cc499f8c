package dev.splitreason.simulator.profile;

import java.util.Objects;

/**
 * What is measured of a pair while its large model is not. As a file it is a profile without its
 * large model, which no simulation takes.
 *
 * @param name of the pair
 * @param source how it was measured
 * @param small the model that writes most of the answer
 */
public record UnfinishedProfile(String name, String source, ModelProfile small) {

  public UnfinishedProfile {
    Objects.requireNonNull(name, "a profile without a name");
    Objects.requireNonNull(source, "a profile without its source");
    Objects.requireNonNull(small, "a profile without its small model");
  }
}
