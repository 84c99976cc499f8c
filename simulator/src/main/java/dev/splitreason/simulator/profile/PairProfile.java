package dev.splitreason.simulator.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How fast a pair of models is; besides, how fast other large models would be in it.
 *
 * @param name what results are reported under
 * @param source where the numbers come from
 * @param small the model that writes most of the answer
 * @param large the model that takes the hard spans
 * @param otherLarge further models for the same, by their names
 * @param sharedDevice whether both run on the same device, one forward pass at a time
 */
public record PairProfile(
    String name,
    String source,
    ModelProfile small,
    ModelProfile large,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ModelProfile> otherLarge,
    boolean sharedDevice) {

  public PairProfile {
    Objects.requireNonNull(name, "a profile without a name");
    Objects.requireNonNull(source, "a profile without its source");
    Objects.requireNonNull(small, "a profile without its small model");
    Objects.requireNonNull(large, "a profile without its large model");
    otherLarge = List.copyOf(otherLarge);
  }

  /** A pair with one large model. */
  public PairProfile(
      String name, String source, ModelProfile small, ModelProfile large, boolean sharedDevice) {
    this(name, source, small, large, List.of(), sharedDevice);
  }

  /** A pair as a file describes it: with one large model unless it names others. */
  @JsonCreator
  static PairProfile of(
      String name,
      String source,
      ModelProfile small,
      ModelProfile large,
      @Nullable List<ModelProfile> otherLarge,
      boolean sharedDevice) {
    return new PairProfile(
        name,
        source,
        small,
        large,
        Objects.requireNonNullElse(otherLarge, List.of()),
        sharedDevice);
  }

  /** The same pair on one device, or on two. */
  public PairProfile withSharedDevice(boolean sharedDevice) {
    return new PairProfile(name, source, small, large, otherLarge, sharedDevice);
  }

  /**
   * The pair with the large model of this name, wherever its file lies; this one if no model has
   * it.
   */
  public PairProfile withLarge(@Nullable String model) {
    return model == null
        ? this
        : Stream.concat(Stream.of(large), otherLarge.stream())
            .filter(other -> base(other.name()).equals(base(model)))
            .findFirst()
            .map(other -> new PairProfile(name, source, small, other, otherLarge, sharedDevice))
            .orElse(this);
  }

  private static String base(String model) {
    return model.substring(model.lastIndexOf('/') + 1);
  }
}
