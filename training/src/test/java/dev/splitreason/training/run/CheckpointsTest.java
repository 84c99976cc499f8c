package dev.splitreason.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  @TempDir private Path folder;

  @Test
  void theNewestStay() throws IOException {
    var checkpoints = new Checkpoints(folder, 2);
    for (int step : new int[] {5, 10, 100}) {
      checkpoints.write(step, CheckpointsTest::content);
    }

    assertThat(checkpoints.all())
        .containsExactly(folder.resolve("step-0000010"), folder.resolve("step-0000100"));
    assertThat(checkpoints.newest()).isEqualTo(folder.resolve("step-0000100"));
  }

  @Test
  void aFullDiskLosesNoEarlierCheckpoint() throws IOException {
    var checkpoints = new Checkpoints(folder, 1);
    Path first = checkpoints.write(5, CheckpointsTest::content);

    assertThatThrownBy(
            () ->
                checkpoints.write(
                    10,
                    path -> {
                      content(path);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(checkpoints.newest()).isEqualTo(first);
    assertThat(first.resolve("model")).hasContent("weights");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("partial"));
  }

  @Test
  void whatAKilledRunLeftHalfWrittenIsNoCheckpoint() throws IOException {
    Files.createDirectories(folder.resolve(".partial-step-0000010"));
    var checkpoints = new Checkpoints(folder, 2);

    assertThat(checkpoints.newest()).isNull();
    assertThat(checkpoints.write(10, CheckpointsTest::content)).exists();
  }

  @Test
  void oneOfTheSameStepStays() throws IOException {
    var checkpoints = new Checkpoints(folder, 1);
    Path first = checkpoints.write(5, CheckpointsTest::content);

    Path again =
        checkpoints.write(5, path -> Files.writeString(path.resolve("model"), "other weights"));

    assertThat(again).isEqualTo(first);
    assertThat(first.resolve("model")).hasContent("weights");
  }

  @Test
  void thereIsNoneBeforeTheFirst() throws IOException {
    assertThat(new Checkpoints(folder.resolve("none"), 1).newest()).isNull();
  }

  private static void content(Path path) throws IOException {
    Files.writeString(path.resolve("model"), "weights");
  }
}
