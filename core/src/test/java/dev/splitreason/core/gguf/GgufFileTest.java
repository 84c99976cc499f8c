package dev.splitreason.core.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {

  /** Written by llama.cpp's own Python package. */
  private static final Path BY_GGUF_PY = Path.of("src/test/resources/golden/qwen2-by-gguf-py.gguf");

  @TempDir Path folder;

  @Test
  void readsTheMetadataOfAFileThatGgufPyWrote() {
    GgufFile file = GgufFile.read(BY_GGUF_PY);

    assertThat(file.version()).isEqualTo(3);
    assertThat(file.text("general.architecture")).isEqualTo("qwen2");
    assertThat(file.whole("qwen2.embedding_length")).isEqualTo(32);
    assertThat(file.metadata().get("qwen2.rope.freq_base"))
        .isEqualTo(new GgufValue.Real(GgufValueType.FLOAT32, 10_000));
    assertThat(file.metadata().get("tokenizer.ggml.add_bos_token"))
        .isEqualTo(new GgufValue.Flag(false));
    assertThat(file.texts("tokenizer.ggml.tokens"))
        .hasSize(363)
        .startsWith("<pad>", "<｜begin▁of▁sentence｜>")
        .contains("<bigmodel>", "</bigmodel>");
  }

  @Test
  void readsTheTensorsOfAFileThatGgufPyWrote() {
    GgufFile file = GgufFile.read(BY_GGUF_PY);
    GgufTensor embedding = Objects.requireNonNull(file.tensor("token_embd.weight"));

    assertThat(file.tensors()).hasSize(26);
    assertThat(embedding.shape()).containsExactly(32L, 363L);
    assertThat(embedding.type()).isEqualTo(GgufTensorType.F32);
    assertThat(file.floats(embedding)).hasSize(32 * 363).doesNotContain(Float.NaN);
  }

  @Test
  void answersNullForWhatIsNotThereOrOfAnotherType() {
    GgufFile file = GgufFile.read(BY_GGUF_PY);

    assertThat(file.text("nowhere")).isNull();
    assertThat(file.text("qwen2.embedding_length")).isNull();
    assertThat(file.whole("general.architecture")).isNull();
    assertThat(file.texts("general.architecture")).isNull();
    assertThat(file.tensor("nowhere")).isNull();
  }

  @Test
  void readsVersionTwo() {
    Path path = RawGguf.header(2, 0, 1).key("answer", GgufValueType.INT8).letters("*").in(folder);

    assertThat(GgufFile.read(path).whole("answer")).isEqualTo(42);
  }

  @Test
  void readsBrainFloats() {
    Path path =
        RawGguf.header(3, 1, 0)
            .tensor("t", GgufTensorType.BF16, 0, 2)
            .data(0)
            .int32(0xC000_3F80)
            .in(folder);
    GgufFile file = GgufFile.read(path);

    assertThat(file.floats(file.tensors().getFirst())).containsExactly(1, -2);
  }

  @Test
  void replacesBytesThatAreNoText() {
    Path path =
        RawGguf.header(3, 0, 1).key("name", GgufValueType.STRING).int64(4).int32(-1).in(folder);

    assertThat(GgufFile.read(path).text("name")).isEqualTo("\uFFFD".repeat(4));
  }

  @Test
  void saysWhatATypeIsThatItCannotRead() {
    Path path =
        RawGguf.header(3, 1, 0).tensor("t", GgufTensorType.Q4_K, 0, 256).data(144).in(folder);
    GgufFile file = GgufFile.read(path);

    assertThatThrownBy(() -> file.floats(file.tensors().getFirst()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(path + ": tensor 't' is stored as Q4_K, not readable");
  }

  @Test
  void refusesAFileThatIsMissing() {
    assertRefused(folder.resolve("none.gguf"), "no such file");
  }

  @Test
  void refusesAFolder() {
    assertRefused(folder, "not a file");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    assertRefused(Files.createFile(folder.resolve("empty")), "not a GGUF file: it is empty");
  }

  @Test
  void refusesAnotherFormat() {
    assertRefused(
        new RawGguf().letters("PK\u0003\u0004 and so on").in(folder),
        "not a GGUF file: it begins with 'PK??' instead of 'GGUF'");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, -1})
  void refusesOtherVersions(int version) {
    assertRefused(
        RawGguf.header(version, 0, 0).in(folder),
        "is GGUF version %s; versions 2 and 3 can be read"
            .formatted(Integer.toUnsignedString(version)));
  }

  @Test
  void refusesBigEndianFiles() {
    assertRefused(
        RawGguf.header(3 << 24, 0, 0).in(folder),
        "is in big-endian byte order; only little-endian files can be read");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 32, Long.MAX_VALUE, -1})
  void refusesCountsNoFileCanHold(long count) {
    assertRefused(
        RawGguf.header(3, count, 0).in(folder),
        "not a valid header: it announces " + Long.toUnsignedString(count) + " tensors");
  }

  @Test
  void refusesMoreTensorsThanAnyModelHas() throws IOException {
    Path path = RawGguf.header(3, 1 << 20, 0).in(folder);
    growTo(path, 64 << 20);

    assertRefused(path, "announces 1048576 tensors; at most 65536 can be read");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 31, Long.MAX_VALUE, -1})
  void refusesTextsNoHeaderHolds(long length) {
    assertRefused(
        RawGguf.header(3, 0, 1).key("name", GgufValueType.STRING).int64(length).in(folder),
        "not a valid header: 'name' would be %s bytes long"
            .formatted(Long.toUnsignedString(length)));
  }

  @Test
  void refusesATextOfGigabytesEvenIfTheFileHasThem() throws IOException {
    Path path =
        RawGguf.header(3, 0, 1).key("name", GgufValueType.STRING).int64(3L << 30).in(folder);
    growTo(path, 4L << 30);

    assertRefused(path, "not a valid header: 'name' would be 3221225472 bytes long");
  }

  @ParameterizedTest
  @EnumSource(
      value = GgufValueType.class,
      names = {"UINT8", "FLOAT64", "STRING", "BOOL"})
  void refusesListsNoHeaderHolds(GgufValueType element) {
    assertRefused(
        RawGguf.header(3, 0, 1).list("list", element, Long.MAX_VALUE).in(folder),
        "not a valid header: it announces 9223372036854775807 elements of 'list'");
  }

  @Test
  void refusesListsOfLists() {
    assertRefused(
        RawGguf.header(3, 0, 1).list("list", GgufValueType.ARRAY, 1).in(folder),
        "metadata 'list' is a list of lists; llama.cpp has none");
  }

  @Test
  void refusesUnknownValueTypes() {
    assertRefused(
        RawGguf.header(3, 0, 1).text("key").int32(13).in(folder),
        "metadata 'key' has the unknown type 13");
  }

  @Test
  void refusesAKeyThatComesTwice() {
    assertRefused(
        RawGguf.header(3, 0, 2)
            .key("key", GgufValueType.INT32)
            .int32(1)
            .key("key", GgufValueType.INT32)
            .int32(2)
            .in(folder),
        "has metadata key 'key' twice");
  }

  @Test
  void keepsToOneLineWhateverTheNamesInTheFileAre() {
    String key = "two\nlines" + "x".repeat(1000);
    Path path = RawGguf.header(3, 0, 1).text(key).int32(13).in(folder);

    assertThatThrownBy(() -> GgufFile.read(path))
        .message()
        .startsWith(path + ": metadata 'two?linesxxx")
        .hasLineCount(1)
        .hasSizeLessThan(path.toString().length() + 310);
  }

  @Test
  void refusesAnEmptyKey() {
    assertRefused(
        RawGguf.header(3, 0, 1).key("", GgufValueType.INT32).int32(1).in(folder),
        "metadata entry 0 has no key");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 48, -1})
  void refusesAnAlignmentThatIsNoPowerOfTwo(int alignment) {
    Path path =
        RawGguf.header(3, 0, 1)
            .key("general.alignment", GgufValueType.UINT32)
            .int32(alignment)
            .in(folder);

    assertThatThrownBy(() -> GgufFile.read(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("general.alignment must be a UINT32 power of two");
  }

  @Test
  void refusesATensorThatComesTwice() {
    assertRefused(
        RawGguf.header(3, 2, 0)
            .tensor("t", GgufTensorType.F32, 0, 1)
            .tensor("t", GgufTensorType.F32, 0, 1)
            .data(4)
            .in(folder),
        "has tensor 't' twice");
  }

  @Test
  void refusesTooManyDimensions() {
    assertRefused(
        RawGguf.header(3, 1, 0).tensor("t", GgufTensorType.F32, 0, 1, 1, 1, 1, 1).in(folder),
        "tensor 't' has 5 dimensions, at most 4 exist");
  }

  @Test
  void refusesShapesThatOverflow() {
    assertRefused(
        RawGguf.header(3, 1, 0).tensor("t", GgufTensorType.F32, 0, 1L << 40, 1L << 40).in(folder),
        "tensor 't' has the impossible shape [1099511627776, 1099511627776]");
  }

  @Test
  void refusesNegativeExtents() {
    assertRefused(
        RawGguf.header(3, 1, 0).tensor("t", GgufTensorType.F32, 0, -4, -4).data(64).in(folder),
        "tensor 't' has the impossible shape [-4, -4]");
  }

  @Test
  void refusesUnknownTensorTypes() {
    assertRefused(
        RawGguf.header(3, 1, 0).text("t").int32(1).int64(4).int32(4).int64(0).in(folder),
        "tensor 't' has the unknown type 4");
  }

  @Test
  void refusesRowsThatAreNotWholeBlocks() {
    assertRefused(
        RawGguf.header(3, 1, 0).tensor("t", GgufTensorType.Q8_0, 0, 33).data(64).in(folder),
        "tensor 't' has rows of 33 elements, but Q8_0 stores them in blocks of 32");
  }

  @ParameterizedTest
  @ValueSource(longs = {-32, 4, Long.MAX_VALUE - 31})
  void refusesImpossibleOffsets(long offset) {
    assertRefused(
        RawGguf.header(3, 1, 0).tensor("t", GgufTensorType.F32, offset, 32).data(256).in(folder),
        "tensor 't' has the impossible offset %s (alignment is 32)"
            .formatted(Long.toUnsignedString(offset)));
  }

  @Test
  void saysHowManyBytesOfTheTensorsAreMissing() {
    Path path = RawGguf.header(3, 1, 0).tensor("t", GgufTensorType.F32, 0, 32).data(100).in(folder);

    assertRefused(
        path, "truncated: 28 bytes are missing (its tensors end at 192, the file at 164)");
  }

  @Test
  void takesAVocabularyWithoutTensors() {
    Path path =
        RawGguf.header(3, 0, 1)
            .list("tokenizer.ggml.tokens", GgufValueType.STRING, 3)
            .text("a")
            .text("")
            .text("ĠÄ")
            .in(folder);

    assertThat(GgufFile.read(path).texts("tokenizer.ggml.tokens"))
        .isEqualTo(List.of("a", "", "ĠÄ"));
  }

  private static void assertRefused(Path path, String problem) {
    assertThatThrownBy(() -> GgufFile.read(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(path + ": " + problem);
  }

  /** Grows a file without writing to the disk. */
  private static void growTo(Path path, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), size - 1);
    }
  }
}
