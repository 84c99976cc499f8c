package dev.splitreason.training.tensor;

import dev.splitreason.core.error.UserMistake;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.DispatchKey;

/** Where a model's parameters lie and its operations run, as a configuration asks for it. */
public enum ComputeDevice {
  /** A GPU where libtorch sees one, else the CPU. */
  AUTO,
  CPU,
  /** An NVIDIA GPU. */
  CUDA;

  /**
   * The device of a process. The GPUs of a machine are dealt out by rank, as those who start
   * processes number them: machine after machine, equally many on each.
   *
   * @param rank of the process, from 0
   * @throws UserMistake if a GPU is asked for and libtorch has none to give
   */
  public Device resolve(int rank) {
    Libtorch.load();
    return resolve(rank, torch.cuda_device_count(), isBuiltForCuda());
  }

  /**
   * What {@link #resolve(int)} makes of what it finds.
   *
   * @param gpus that libtorch sees
   * @param built whether this libtorch could use one
   */
  Device resolve(int rank, int gpus, boolean built) {
    if (this == CPU || (this == AUTO && gpus == 0)) {
      return new Device(DeviceType.CPU);
    }
    if (gpus == 0) {
      throw new UserMistake(
          built
              ? "device is cuda, but libtorch sees no GPU: check nvidia-smi and"
                  + " CUDA_VISIBLE_DEVICES, or set device to cpu"
              : "device is cuda, but this libtorch is built without CUDA: build with mvn -P cuda or"
                  + " SPLITREASON_TORCH=cuda ./splitreason, or set device to cpu");
    }
    return new Device(DeviceType.CUDA, (byte) (rank % gpus));
  }

  /**
   * Whether matrix products have a kernel for it; asking for GPUs cannot tell none from neither.
   */
  private static boolean isBuiltForCuda() {
    return Dispatcher.singleton()
        .findSchemaOrThrow("aten::mm", "")
        .hasKernelForDispatchKey(DispatchKey.CUDA);
  }
}
