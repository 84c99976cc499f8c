package dev.splitreason.training.run;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.training.tensor.ComputeDevice;

/**
 * Where a run computes.
 *
 * @param threads that compute; 0 for one a core
 * @param device where its models lie and compute
 */
public record ComputeConfig(int threads, ComputeDevice device) {

  /** All cores, and a GPU where there is one. */
  public static final ComputeConfig DEFAULT = new ComputeConfig(0, ComputeDevice.AUTO);

  public ComputeConfig {
    if (threads < 0) {
      throw new UserMistake("threads must be 0 (one a core) or more, not " + threads);
    }
  }
}
