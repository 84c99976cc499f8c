package dev.splitreason.training.tensor;

import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;

/**
 * Whether operations of this thread are recorded for differentiation, for as long as it is open.
 */
public final class GradientMode implements AutoCloseable {

  static {
    Libtorch.load();
  }

  private final AutoGradMode guard;

  private GradientMode(boolean enabled) {
    guard = new AutoGradMode(enabled);
  }

  /** Nothing is recorded: inference, and updates of parameters. */
  public static GradientMode off() {
    return new GradientMode(false);
  }

  /** Everything is recorded, also where the surroundings switched it off. */
  public static GradientMode on() {
    return new GradientMode(true);
  }

  /** Whether operations of this thread are recorded now. */
  public static boolean isOn() {
    return GradMode.is_enabled();
  }

  /** Goes back to what was before. */
  @Override
  public void close() {
    guard.close();
  }
}
