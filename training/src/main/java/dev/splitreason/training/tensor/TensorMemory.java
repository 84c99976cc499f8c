package dev.splitreason.training.tensor;

import java.lang.foreign.MemorySegment;
import org.bytedeco.pytorch.Tensor;

/** The elements of a tensor as memory that Java reads and writes without copying. */
public final class TensorMemory {

  private TensorMemory() {}

  /**
   * The elements in row-major order; valid as long as the tensor is.
   *
   * @throws IllegalArgumentException if the tensor is on another device or not contiguous
   */
  public static MemorySegment of(Tensor tensor) {
    if (!tensor.is_cpu() || !tensor.is_contiguous()) {
      throw new IllegalArgumentException("only contiguous tensors on the CPU have such memory");
    }
    if (tensor.numel() == 0) {
      return MemorySegment.NULL;
    }
    return MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(tensor.nbytes());
  }
}
