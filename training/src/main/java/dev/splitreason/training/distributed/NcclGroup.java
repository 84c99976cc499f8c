package dev.splitreason.training.distributed;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sums what lies on GPUs from GPU to GPU, by NCCL. */
final class NcclGroup implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NcclGroup.class);

  private final PointerScope memory;
  private final ProcessGroupNCCL group;

  private NcclGroup(Store store, int rank, int count) {
    try (PointerScope scope = new PointerScope()) {
      this.group = new ProcessGroupNCCL(new PrefixStore("nccl", store), rank, count);
      this.memory = scope.extend();
    }
  }

  /**
   * The group of all processes; null where this build or machine has no NCCL, as on Windows.
   *
   * @param store where they find each other
   */
  static @Nullable NcclGroup of(Store store, int rank, int count) {
    try {
      return new NcclGroup(store, rank, count);
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.warn(
          "gradients go through the CPU's memory: NCCL cannot be loaded ({})", cause.toString());
      return null;
    }
  }

  /** Replaces a tensor by its sum over all processes, in the order of its stream. */
  void sum(Tensor tensor) {
    group.allreduce(new TensorVector(tensor))._wait();
  }

  @Override
  public void close() {
    memory.close();
  }
}
