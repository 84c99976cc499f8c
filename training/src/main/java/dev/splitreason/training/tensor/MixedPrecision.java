package dev.splitreason.training.tensor;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Matrix products and attention in BF16 while the parameters, norms and sums stay in F32
 * (libtorch's autocast), for this thread's forward passes as long as it is open. The backward pass
 * follows by itself. It saves time and memory where the hardware has BF16.
 */
public final class MixedPrecision implements AutoCloseable {

  static {
    Libtorch.load();
  }

  private final DeviceType device;

  private MixedPrecision(DeviceType device) {
    this.device = device;
    torch.set_autocast_dtype(device, ScalarType.BFloat16);
    torch.set_autocast_enabled(device, true);
  }

  /** Of the operations on such a device. */
  public static MixedPrecision bfloat16(DeviceType device) {
    return new MixedPrecision(device);
  }

  /** Whether one is open for such a device. */
  public static boolean isOn(DeviceType device) {
    return torch.is_autocast_enabled(device);
  }

  /** Back to the type of the operands. */
  @Override
  public void close() {
    torch.set_autocast_enabled(device, false);
    torch.clear_cache();
  }
}
