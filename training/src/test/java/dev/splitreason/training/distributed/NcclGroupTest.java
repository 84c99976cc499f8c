package dev.splitreason.training.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.training.tensor.Libtorch;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.junit.jupiter.api.Test;

class NcclGroupTest {

  static {
    Libtorch.load();
  }

  /** What is tested is built for the CPU. */
  @Test
  void aBuildWithoutNcclGoesOnWithoutIt() {
    try (PointerScope _ = new PointerScope()) {
      TCPStoreOptions anyPort = new TCPStoreOptions().port((short) 0).isServer(true);
      assertThat(NcclGroup.of(new TCPStore("127.0.0.1", anyPort), 0, 1)).isNull();
    }
  }
}
