package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.engine.llamacpp.check.CacheSize;
import dev.splitreason.engine.llamacpp.check.ModelHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CacheRoomTest {

  @TempDir private Path root;

  @Test
  @Timeout(20)
  void aContextThatNoMachineHoldsIsRefusedWithWhatFits() throws IOException {
    LlamaCppModel.load(TinyModel.file(), TinyModel.OPTIONS).close(); // pays for the trial
    LlamaCppOptions huge = TinyModel.OPTIONS.withContextLength(999_999_999).withCacheTokens(0);
    assertThatThrownBy(() -> LlamaCppModel.load(TinyModel.file(), huge))
        .isInstanceOf(ModelException.class)
        .message()
        .contains("a context of 999,999,999 tokens would take ")
        .containsPattern("[0-9.]+ GiB are available, enough for [0-9,]+$")
        .doesNotContain("\n");
  }

  @Test
  void whatFitsAccordingToTheMessageIsAccepted() throws IOException {
    GgufFile file = GgufFile.read(TinyModel.file());
    LlamaCppOptions options = TinyModel.OPTIONS.withBatchSize(32);
    long available = 100L << 20;
    long perToken = CacheSize.of(file).bytesPerToken(256, 32);
    int most = (int) (available / perToken / 256 * 256);
    assertThatCode(
            () ->
                new CacheRoom(most, most)
                    .require(file.path(), ModelHeader.of(file), options, available))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                new CacheRoom(most, most + 1)
                    .require(file.path(), ModelHeader.of(file), options, available))
        .message()
        .endsWith("100.0 MiB are available, enough for %,d".formatted(most));
  }

  @Test
  void aTokenTakesItsKeysAndValuesOfEveryLayer() throws IOException {
    // 2 layers of 2 key heads of 16 numbers, keys and values
    assertThat(CacheSize.of(GgufFile.read(TinyModel.file())).numbers()).isEqualTo(2 * 2 * 16 * 2);
  }

  @Test
  void quantisedCachesTakeLess() throws IOException {
    CacheSize size = CacheSize.of(GgufFile.read(TinyModel.file()));
    assertThat(size.bytesPerToken(KvType.Q4_0.bitsOfEight, 0))
        .isLessThan(size.bytesPerToken(KvType.Q8_0.bitsOfEight, 0));
    assertThat(size.bytesPerToken(KvType.Q8_0.bitsOfEight, 0))
        .isLessThan(size.bytesPerToken(KvType.F16.bitsOfEight, 0));
  }

  @Test
  void theKernelAndTheControlGroupTellWhatIsAvailable() throws IOException {
    AvailableMemory memory = new AvailableMemory(root);
    assertThat(memory.bytes()).isEqualTo(Long.MAX_VALUE);

    write("proc/meminfo", "MemTotal:  16 kB\nMemAvailable:      4096 kB\n");
    assertThat(memory.bytes()).isEqualTo(4L << 20);

    write("sys/fs/cgroup/memory.max", "max\n");
    write("sys/fs/cgroup/memory.current", "500\n");
    assertThat(memory.bytes()).isEqualTo(4L << 20);

    write("sys/fs/cgroup/memory.max", "3000\n");
    assertThat(memory.bytes()).isEqualTo(2500);

    write("sys/fs/cgroup/memory.stat", "anon 7\ninactive_file 200\n");
    assertThat(memory.bytes()).isEqualTo(2700);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
