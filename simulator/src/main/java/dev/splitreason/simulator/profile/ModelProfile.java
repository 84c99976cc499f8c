package dev.splitreason.simulator.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How fast one model is where it runs.
 *
 * @param name the model and its place, in a few words
 * @param time seconds of a forward pass
 * @param probeSeconds what asking the small model whether it would close a span costs beyond the
 *     forward pass over the span's tokens
 * @param handOffSeconds what it costs this model to take over, beyond prefilling what it has not
 *     seen: finding the tag, tokenising anew, being scheduled
 * @param roundTripSeconds network time of a request to this model and its answer
 * @param devices accelerators that one copy of the model occupies
 * @param kvTokens tokens whose keys and values fit beside the weights, or null if that is no limit
 */
public record ModelProfile(
    String name,
    PassTime time,
    double probeSeconds,
    double handOffSeconds,
    double roundTripSeconds,
    int devices,
    @Nullable Long kvTokens) {

  public ModelProfile {
    Objects.requireNonNull(name, "a model without a name");
    Objects.requireNonNull(time, "a model without its pass times");
    Check.notNegative("probe_seconds", probeSeconds);
    Check.notNegative("hand_off_seconds", handOffSeconds);
    Check.notNegative("round_trip_seconds", roundTripSeconds);
    Check.positive("devices", devices);
    if (kvTokens != null) {
      Check.positive("kv_tokens", kvTokens);
    }
  }

  /** A model as a file describes it: on one device unless it says otherwise. */
  @JsonCreator
  static ModelProfile of(
      String name,
      PassTime time,
      double probeSeconds,
      double handOffSeconds,
      double roundTripSeconds,
      @Nullable Integer devices,
      @Nullable Long kvTokens) {
    return new ModelProfile(
        name,
        time,
        probeSeconds,
        handOffSeconds,
        roundTripSeconds,
        Objects.requireNonNullElse(devices, 1),
        kvTokens);
  }

  /** A model on one device, reached at no cost. */
  public static ModelProfile local(String name, PassTime time) {
    return new ModelProfile(name, time, 0, 0, 0, 1, null);
  }

  /** The same model under another name. */
  public ModelProfile withName(String name) {
    return new ModelProfile(
        name, time, probeSeconds, handOffSeconds, roundTripSeconds, devices, kvTokens);
  }

  /** The same model with another cost of a probe. */
  public ModelProfile withProbeSeconds(double probeSeconds) {
    return new ModelProfile(
        name, time, probeSeconds, handOffSeconds, roundTripSeconds, devices, kvTokens);
  }

  /** The same model behind a network. */
  public ModelProfile withRoundTripSeconds(double roundTripSeconds) {
    return new ModelProfile(
        name, time, probeSeconds, handOffSeconds, roundTripSeconds, devices, kvTokens);
  }

  /** The same model with another cost of taking over. */
  public ModelProfile withHandOffSeconds(double handOffSeconds) {
    return new ModelProfile(
        name, time, probeSeconds, handOffSeconds, roundTripSeconds, devices, kvTokens);
  }
}
