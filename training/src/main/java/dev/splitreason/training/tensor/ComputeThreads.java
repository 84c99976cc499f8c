package dev.splitreason.training.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/**
 * How many threads libtorch computes with. It has two pools, its own and that of OpenBLAS for
 * matrix products; both wait by spinning, so that together they fight for the cores.
 */
public final class ComputeThreads {

  static {
    Libtorch.load();
  }

  private ComputeThreads() {}

  /**
   * Operations that the calling thread starts use so many threads, its matrix products one.
   *
   * @param count 1 or more
   */
  public static void use(int count) {
    setBlasThreads(1);
    torch.set_num_threads(count);
    // Libtorch takes the number over when a thread first asks for it, not when it is set.
    int _ = torch.get_num_threads();
  }

  /**
   * How many threads go through batches of their own: what was asked for if that is more than 0,
   * else the number of cores; one for a GPU, where each would keep gradients of its own.
   */
  public static int count(int asked, Device device) {
    if (asked > 0) {
      return asked;
    }
    return device.is_cpu() ? Runtime.getRuntime().availableProcessors() : 1;
  }

  /** OpenBLAS has no Java method for it, and reads its environment variable before main. */
  private static void setBlasThreads(int count) {
    Optional<MemorySegment> function = SymbolLookup.loaderLookup().find("openblas_set_num_threads");
    if (function.isEmpty()) {
      return; // another BLAS, such as Apple's or MKL, which shares libtorch's threads
    }
    try {
      Linker.nativeLinker()
          .downcallHandle(function.get(), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
          .invokeExact(count);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("openblas_set_num_threads failed", e);
    }
  }
}
