package dev.splitreason.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  @Test
  void oneThatWasTruncatedIsPassedOverForTheOneBefore() throws IOException {
    var checkpoints = new Checkpoints(folder, 2);
    Path good = checkpoints.write(5, CheckpointsTest::weights);
    Path newest = checkpoints.write(10, CheckpointsTest::weights);
    assertThat(checkpoints.newest()).isEqualTo(newest);
    Path file = newest.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(file);

    for (int length : new int[] {0, 4, 20, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(checkpoints.newest()).as("%d bytes", length).isEqualTo(good);
      assertThat(checkpoints.damaged()).containsExactly(newest);
    }

    assertThat(checkpoints.write(10, CheckpointsTest::weights)).isEqualTo(newest);
    assertThat(checkpoints.newest()).isEqualTo(newest);
  }

  @Test
  void oneWhoseStateIsDamagedOrGoneIsPassedOverToo() throws IOException {
    var checkpoints = new Checkpoints(folder, 2);
    Path good = checkpoints.write(5, CheckpointsTest::weights);
    Path newest = checkpoints.write(10, CheckpointsTest::weights);
    Path state = newest.resolve("state.json");

    for (String damage : new String[] {"", "{\"step\":", "{}", "[1]", "{\"step\":\"x\"}", "\0\0"}) {
      Files.writeString(state, damage);
      assertThat(checkpoints.newest()).as(damage).isEqualTo(good);
    }
    Files.delete(state);
    assertThat(checkpoints.newest()).isEqualTo(good);
    Files.writeString(state, "{\"step\":10}");
    assertThat(checkpoints.newest()).isEqualTo(newest);
    Files.writeString(newest.resolve("config.json"), "{\"hidden");
    assertThat(checkpoints.newest()).isEqualTo(good);
    Files.delete(newest.resolve("config.json"));
    Files.delete(newest.resolve("optimizer.safetensors"));
    assertThat(checkpoints.newest()).isEqualTo(good);
  }

  private static void weights(Path path) throws IOException {
    byte[] header =
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + 8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    Files.write(path.resolve("model.safetensors"), file.array());
    Files.write(path.resolve("optimizer.safetensors"), file.array());
    Files.writeString(path.resolve("state.json"), "{\"step\":1,\"updates\":1}");
  }

  private static void content(Path path) throws IOException {
    weights(path);
    Files.writeString(path.resolve("model"), "weights");
  }
}
