package dev.splitreason.training.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.grpo.OffloadConfig;
import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.sft.SftConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComputeDeviceTest {

  static List<Record> configurations() {
    return List.of(PretrainConfig.DEFAULT, SftConfig.DEFAULT, OffloadConfig.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyKindOfTrainingIsToldAndWritesItDown(Record defaults, @TempDir Path folder)
      throws IOException {
    Record config = ConfigFile.read(defaults, null, List.of("compute.device=cuda"));
    Path written = Files.writeString(folder.resolve("c.yaml"), ConfigFile.write(config));

    assertThat(ConfigFile.write(defaults)).contains("\n  device: auto\n");
    assertThat(written).content().contains("\n  device: cuda\n");
    assertThat(ConfigFile.read(defaults, written, List.of())).isEqualTo(config);
    assertThatThrownBy(() -> ConfigFile.read(defaults, null, List.of("compute.device=gpu")))
        .hasMessage(
            "--set compute.device=gpu: compute.device must be one of auto, cpu, cuda, not the text"
                + " 'gpu'");
  }

  @Test
  void withoutGpusCudaIsRefusedAndTheRestIsTheCpu() {
    assumeTrue(torch.cuda_device_count() == 0, "this machine has a GPU");

    assertThat(ComputeDevice.AUTO.resolve(0).is_cpu()).isTrue();
    assertThat(ComputeDevice.CPU.resolve(0).is_cpu()).isTrue();
    assertThatThrownBy(() -> ComputeDevice.CUDA.resolve(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "device is cuda, but this libtorch is built without CUDA: build with mvn -P cuda or"
                + " SPLITREASON_TORCH=cuda ./splitreason, or set device to cpu");
  }

  @Test
  void aLibtorchForCudaThatSeesNoGpuSaysWhereToLook() {
    assertThatThrownBy(() -> ComputeDevice.CUDA.resolve(0, 0, true))
        .hasMessage(
            "device is cuda, but libtorch sees no GPU: check nvidia-smi and CUDA_VISIBLE_DEVICES,"
                + " or set device to cpu");
    assertThat(ComputeDevice.AUTO.resolve(0, 0, true).is_cpu()).isTrue();
  }

  @Test
  void processesShareTheGpusOutByRank() {
    assertThat(gpu(ComputeDevice.AUTO, 0)).isEqualTo(0);
    assertThat(gpu(ComputeDevice.CUDA, 1)).isEqualTo(1);
    assertThat(gpu(ComputeDevice.CUDA, 2)).as("the first of the next machine").isEqualTo(0);
    assertThat(ComputeDevice.CPU.resolve(1, 2, true).is_cpu()).isTrue();
  }

  @Test
  void aGpuIsWorkedForByOneThreadUnlessMoreAreAskedFor() {
    Device gpu = ComputeDevice.CUDA.resolve(0, 1, true);

    assertThat(ComputeThreads.count(0, gpu)).isEqualTo(1);
    assertThat(ComputeThreads.count(3, gpu)).isEqualTo(3);
    assertThat(ComputeThreads.count(0, ComputeDevice.CPU.resolve(0)))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  private static int gpu(ComputeDevice asked, int rank) {
    Device device = asked.resolve(rank, 2, true);
    assertThat(device.is_cuda()).isTrue();
    return device.index();
  }
}
