package dev.splitreason.training.distributed;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.training.tensor.Libtorch;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.javacpp.chrono.Seconds;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Processes that find each other at an address and sum over the network: by Gloo, and what lies on
 * GPUs by NCCL where it is there. They are started as torchrun starts them: the variables {@code
 * RANK}, {@code WORLD_SIZE}, {@code MASTER_ADDR} and {@code MASTER_PORT} tell each its place.
 */
public final class GlooProcesses implements Processes {

  static {
    Libtorch.load();
  }

  private static final Seconds MEETING = new Seconds(300);
  private static final Seconds SUMMING = new Seconds(1800);

  private final int rank;
  private final int count;
  private final PointerScope memory;
  private final TCPStore store;
  private final ProcessGroupGloo group;
  private @Nullable NcclGroup gpus;
  private boolean gpusAsked;

  private GlooProcesses(int rank, int count, String address, int port) {
    this.rank = rank;
    this.count = count;
    try (PointerScope scope = new PointerScope()) {
      TCPStoreOptions meeting =
          new TCPStoreOptions()
              .port((short) port)
              .isServer(rank == 0)
              .waitWorkers(true)
              .timeout(new Milliseconds(MEETING));
      meeting.numWorkers(new SizeTPointer(1).put(count));
      this.store = new TCPStore(address, meeting);
      ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(new Milliseconds(SUMMING));
      options.devices(
          new GlooDeviceVector(
              isLocal(address)
                  ? ProcessGroupGloo.createDeviceForHostname(address)
                  : ProcessGroupGloo.createDefaultDevice()));
      options.threads(2);
      this.group = new ProcessGroupGloo(store, rank, count, options);
      this.memory = scope.extend();
    }
  }

  /**
   * The processes that the environment tells of, once all are there; this one alone if it tells of
   * none.
   *
   * @throws UserMistake if a variable is missing or no number
   */
  public static Processes of(Map<String, String> environment) {
    int count = environment.containsKey("WORLD_SIZE") ? number(environment, "WORLD_SIZE") : 1;
    if (count == 1) {
      return Processes.alone();
    }
    int rank = number(environment, "RANK");
    if (rank < 0 || rank >= count) {
      throw new UserMistake(
          "RANK must be from 0 to WORLD_SIZE - 1 = " + (count - 1) + ", not " + rank);
    }
    return new GlooProcesses(
        rank, count, text(environment, "MASTER_ADDR"), number(environment, "MASTER_PORT"));
  }

  private static boolean isLocal(String address) {
    return address.equals("localhost") || address.startsWith("127.");
  }

  private static int number(Map<String, String> environment, String name) {
    String text = text(environment, name);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UserMistake(name + " must be a whole number, not '" + text + "'", e);
    }
  }

  private static String text(Map<String, String> environment, String name) {
    String text = environment.get(name);
    if (text == null) {
      throw new UserMistake(
          name + " is not set: several processes need RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT");
    }
    return text;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int count() {
    return count;
  }

  /** One message for all tensors: their number costs more than their size. */
  @Override
  public void sum(List<Tensor> tensors) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      TensorVector flat = new TensorVector();
      tensors.forEach(tensor -> flat.push_back(tensor.flatten()));
      Tensor all = summed(torch.cat(flat));
      long at = 0;
      for (Tensor tensor : tensors) {
        tensor.copy_(all.narrow(0, at, tensor.numel()).view_as(tensor));
        at += tensor.numel();
      }
    }
  }

  private Tensor summed(Tensor all) {
    NcclGroup direct = all.is_cuda() ? gpus() : null;
    if (direct != null) {
      direct.sum(all);
      return all;
    }
    Tensor here = all.cpu();
    group.allreduce(new TensorVector(here))._wait();
    return here;
  }

  /** Opened when it is first needed: it needs the GPU. */
  private @Nullable NcclGroup gpus() {
    if (!gpusAsked) {
      gpusAsked = true;
      gpus = NcclGroup.of(store, rank, count);
    }
    return gpus;
  }

  @Override
  public double[] sum(double... numbers) {
    try (PointerScope _ = new PointerScope()) {
      Tensor all = torch.tensor(numbers);
      group.allreduce(new TensorVector(all))._wait();
      double[] sums = new double[numbers.length];
      all.data_ptr_double().get(sums);
      return sums;
    }
  }

  @Override
  public void close() {
    if (gpus != null) {
      gpus.close();
    }
    memory.close();
  }
}
