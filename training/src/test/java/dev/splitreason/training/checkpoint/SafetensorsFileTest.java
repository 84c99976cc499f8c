package dev.splitreason.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A safetensors file is what it says, or an error of one line. */
class SafetensorsFileTest {

  private static final String GOOD =
      """
      {"__metadata__":{"format":"pt"},\
      "a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},\
      "b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]}}\
      """;

  private static Path folderOfProperties = Path.of("");

  @TempDir Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folderOfProperties = Files.createTempDirectory("safetensors");
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    Files.deleteIfExists(folderOfProperties.resolve("x.safetensors"));
    Files.deleteIfExists(folderOfProperties);
  }

  @Test
  void a_good_file_gives_its_tensors() throws IOException {
    byte[] data = new byte[12];
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2f);
    try (SafetensorsFile file = SafetensorsFile.open(write(folder, GOOD, data))) {
      assertThat(file.tensors()).containsOnlyKeys("a", "b");
      SafetensorsFile.Entry a = file.tensors().firstEntry().getValue();
      assertThat(a.shape()).containsExactly(2, 1);
      assertThat(file.bytes(a).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED))
          .containsExactly(1.5f, -2f);
      assertThat(file.metadata()).containsEntry("format", "pt");
    }
  }

  @Test
  void a_file_without_tensors_is_good() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(write(folder, "{}", new byte[0]))) {
      assertThat(file.tensors()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,2] | the header is no JSON object",
        "{\"a\": | the header is no valid JSON",
        "{} {} | the header is no valid JSON",
        "{\"a\":5} | tensor 'a' has dtype ''",
        "{\"a\":{\"dtype\":\"F128\",\"shape\":[3],\"data_offsets\":[0,12]}}"
            + " | tensor 'a' has dtype 'F128'; readable are [F32, F16, BF16]",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,12]}} | tensor 'a' has no list 'shape'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3]}} | tensor 'a' has no list 'data_offsets'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-3],\"data_offsets\":[0,12]}}"
            + " | tensor 'a' has shape [-3]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3.5],\"data_offsets\":[0,12]}}"
            + " | tensor 'a' has shape [3.5]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,12]}}"
            + " | tensor 'a' has shape [99999999999999999999]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,12]}}"
            + " | is too large",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0]}}"
            + " | tensor 'a' has data_offsets [0] in 12 bytes of data",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[12,0]}}"
            + " | tensor 'a' has data_offsets [12, 0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}"
            + " | tensor 'a' has data_offsets [0, 16] in 12 bytes of data",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}}"
            + " | needs 8 bytes, its data_offsets hold 12",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            + " | 4 bytes of data belong to no tensor",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}"
            + " | tensor 'a' begins at byte 4 of the data, with a gap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}"
            + " | tensor 'b' begins at byte 4 of the data, inside another that ends at 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}"
            + " | Duplicate",
        "{\"__metadata__\":[]} | __metadata__ is no JSON object",
        "{\"__metadata__\":{\"k\":1}} | __metadata__ 'k' is no text",
      })
  void a_hostile_header_is_one_clear_line(String header, String problem) throws IOException {
    Path file = write(folder, header, new byte[12]);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "0", "1", "100000001", "5000"})
  void a_header_length_that_lies_is_an_error(long length) throws IOException {
    Path file = folder.resolve("x.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("a header of " + Long.toUnsignedString(length) + " bytes");
  }

  @Test
  void line_breaks_of_names_do_not_reach_the_message() throws IOException {
    Path file = write(folder, "{\"a\\nb\":{\"dtype\":\"\\u001b[31m\"}}", new byte[0]);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .message()
        .contains("tensor 'a?b'")
        .doesNotContain("\n", "\u001b");
  }

  @Test
  void what_is_no_file_is_an_error() {
    assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none")))
        .hasMessage(folder.resolve("none") + ": no such file");
    assertThatThrownBy(() -> SafetensorsFile.open(folder)).hasMessage(folder + ": not a file");
  }

  @Property(tries = 100)
  void every_truncation_is_an_error(@ForAll @IntRange(min = 0, max = 1000) int seed)
      throws IOException {
    byte[] whole = bytes(GOOD, new byte[12]);
    Path file = folderOfProperties.resolve("x.safetensors");
    Files.write(file, Arrays.copyOf(whole, seed % whole.length));
    assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOf(ModelFileException.class);
  }

  @Property(tries = 300)
  void a_damaged_byte_never_gives_a_tensor_outside_of_the_file(
      @ForAll @IntRange(min = 0, max = 1000) int place, @ForAll byte value) throws IOException {
    byte[] damaged = bytes(GOOD, new byte[12]);
    damaged[place % (damaged.length - 12)] = value;
    Path path = folderOfProperties.resolve("x.safetensors");
    Files.write(path, damaged);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      long bytes = 0;
      for (SafetensorsFile.Entry entry : file.tensors().values()) {
        bytes += file.bytes(entry).byteSize();
      }
      assertThat(bytes).isEqualTo(12);
    } catch (ModelFileException e) {
      assertThat(e).message().doesNotContain("\n");
    }
  }

  private static Path write(Path folder, String header, byte[] data) throws IOException {
    return Files.write(folder.resolve("x.safetensors"), bytes(header, data));
  }

  private static byte[] bytes(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }
}
