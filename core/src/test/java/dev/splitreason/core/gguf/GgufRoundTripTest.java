package dev.splitreason.core.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What is written is read again; what is damaged is refused in one line, never crashed on. */
class GgufRoundTripTest {

  private static final Path PATH = temporaryFile();

  /** A tensor in memory. */
  record Tensor(List<Long> shape, GgufTensorType type, float[] elements) {}

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.deleteIfExists(PATH);
  }

  @Property(tries = 300)
  void metadataComesBackAsItWasWritten(@ForAll("metadata") Map<String, GgufValue> metadata) {
    GgufWriter.write(PATH, metadata, List.of());

    GgufFile file = GgufFile.read(PATH);

    assertThat(file.metadata()).isEqualTo(metadata);
    assertThat(List.copyOf(file.metadata().keySet())).isEqualTo(List.copyOf(metadata.keySet()));
  }

  @Property(tries = 300)
  void tensorsComeBackAsTheirTypeStoresThem(@ForAll("tensors") List<Tensor> tensors) {
    GgufWriter.write(PATH, Map.of(), sources(tensors));

    GgufFile file = GgufFile.read(PATH);

    for (int i = 0; i < tensors.size(); i++) {
      Tensor written = tensors.get(i);
      GgufTensor read = file.tensors().get(i);
      assertThat(read.shape()).isEqualTo(written.shape());
      assertThat(read.type()).isEqualTo(written.type());
      assertClose(file.floats(read), written);
    }
  }

  @Property(tries = 300)
  void everyTruncationIsNoticed(
      @ForAll("metadata") Map<String, GgufValue> metadata,
      @ForAll("tensors") List<Tensor> tensors,
      @ForAll @DoubleRange(min = 0, max = 0.99) double share)
      throws IOException {
    GgufWriter.write(PATH, metadata, sources(tensors));
    GgufFile whole = GgufFile.read(PATH);
    GgufTensor last = whole.tensors().getLast();
    long end = whole.dataOffset() + last.offset() + last.bytes();
    byte[] bytes = Files.readAllBytes(PATH);
    int kept = (int) (share * end);
    Files.write(PATH, Arrays.copyOf(bytes, kept));

    assertThatThrownBy(() -> GgufFile.read(PATH))
        .isInstanceOf(ModelFileException.class)
        .message()
        .startsWith(PATH + ": ")
        .hasLineCount(1)
        .containsPattern(
            kept < 4
                ? "not a GGUF file"
                : kept < whole.dataOffset() - whole.alignment()
                    ? "the file ends inside its header, at least \\d+ bytes short"
                    : "truncated: ((%d bytes are missing)|(the file ends inside its header))"
                        .formatted(end - kept));
  }

  @Property(tries = 1000)
  void damageIsEitherRefusedOrHarmless(
      @ForAll("metadata") Map<String, GgufValue> metadata,
      @ForAll("tensors") List<Tensor> tensors,
      @ForAll("damage") Map<Double, Byte> damage)
      throws IOException {
    GgufWriter.write(PATH, metadata, sources(tensors));
    byte[] bytes = Files.readAllBytes(PATH);
    damage.forEach((place, value) -> bytes[(int) (place * bytes.length)] = value);
    Files.write(PATH, bytes);

    try {
      GgufFile file = GgufFile.read(PATH);
      assertThat(file.metadata().toString()).isNotNull();
      for (GgufTensor tensor : file.tensors()) {
        assertThat(file.dataOffset() + tensor.offset() + tensor.bytes())
            .isLessThanOrEqualTo(bytes.length);
      }
    } catch (ModelFileException e) {
      assertThat(e).message().startsWith(PATH + ": ").hasLineCount(1);
    }
  }

  @Provide
  Arbitrary<Map<String, GgufValue>> metadata() {
    return Arbitraries.maps(Arbitraries.strings().ofMinLength(1).ofMaxLength(20), values())
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<Tensor>> tensors() {
    return tensor().list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  Arbitrary<Map<Double, Byte>> damage() {
    // Most places of interest are in the header, so squeeze the draws towards the beginning.
    Arbitrary<Double> places = Arbitraries.doubles().between(0, 0.99).map(p -> p * p);
    return Arbitraries.maps(places, Arbitraries.of((byte) 0, (byte) 1, (byte) 127, (byte) 255))
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static Arbitrary<GgufValue> values() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(30);
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<Double> single = Arbitraries.floats().map(Float::doubleValue);
    return Arbitraries.oneOf(
        text.map(GgufValue.Text::new),
        flag.map(GgufValue.Flag::new),
        single.map(number -> new GgufValue.Real(GgufValueType.FLOAT32, number)),
        Arbitraries.doubles().map(number -> new GgufValue.Real(GgufValueType.FLOAT64, number)),
        wholeTypes().flatMap(type -> whole(type).map(n -> new GgufValue.Whole(type, n))),
        text.list().ofMaxSize(20).map(GgufValue.Texts::new),
        flag.list().ofMaxSize(20).map(GgufValue.Flags::new),
        single.list().ofMaxSize(20).map(list -> new GgufValue.Reals(GgufValueType.FLOAT32, list)),
        wholeTypes()
            .flatMap(
                type -> whole(type).list().ofMaxSize(20).map(n -> new GgufValue.Wholes(type, n))));
  }

  private static Arbitrary<GgufValueType> wholeTypes() {
    return Arbitraries.of(
        Arrays.stream(GgufValueType.values()).filter(GgufValueType::whole).toList());
  }

  private static Arbitrary<Long> whole(GgufValueType type) {
    return switch (type) {
      case UINT8 -> Arbitraries.longs().between(0, 0xFF);
      case INT8 -> Arbitraries.longs().between(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case UINT16 -> Arbitraries.longs().between(0, 0xFFFF);
      case INT16 -> Arbitraries.longs().between(Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT32 -> Arbitraries.longs().between(0, 0xFFFF_FFFFL);
      case INT32 -> Arbitraries.longs().between(Integer.MIN_VALUE, Integer.MAX_VALUE);
      default -> Arbitraries.longs();
    };
  }

  private static Arbitrary<Tensor> tensor() {
    Arbitrary<GgufTensorType> types =
        Arbitraries.of(GgufTensorType.F32, GgufTensorType.F16, GgufTensorType.Q8_0);
    Arbitrary<List<Long>> extents = Arbitraries.longs().between(1, 4).list().ofMaxSize(3);
    return Combinators.combine(types, Arbitraries.longs().between(1, 3), extents)
        .flatAs(
            (type, blocks, more) -> {
              List<Long> shape = new ArrayList<>(List.of(blocks * type.blockElements()));
              shape.addAll(more);
              int elements = (int) new GgufTensor("t", shape, type, 0).elements();
              return Arbitraries.floats()
                  .between(-1000, 1000)
                  .array(float[].class)
                  .ofSize(elements)
                  .map(array -> new Tensor(shape, type, array));
            });
  }

  private static List<TensorSource> sources(List<Tensor> tensors) {
    List<TensorSource> sources = new ArrayList<>();
    for (Tensor tensor : tensors) {
      sources.add(
          TensorSource.of(
              "tensor." + sources.size(), tensor.shape(), tensor.type(), tensor.elements()));
    }
    return sources;
  }

  /** F32 is exact; F16 has 11 significant bits; Q8_0 is off by half a step of its block's scale. */
  private static void assertClose(float[] read, Tensor written) {
    float[] elements = written.elements();
    assertThat(read).hasSameSizeAs(elements);
    Map<Integer, Float> largestOfBlock = new HashMap<>();
    for (int i = 0; i < elements.length; i++) {
      largestOfBlock.merge(i / 32, Math.abs(elements[i]), Math::max);
    }
    for (int i = 0; i < elements.length; i++) {
      float tolerance =
          switch (written.type()) {
            case F32 -> 0;
            case F16 -> Math.max(Math.abs(elements[i]) / 2048, 0x1p-25f);
            default -> largestOfBlock.getOrDefault(i / 32, 0f) / 127 * 0.57f + 1e-5f;
          };
      assertThat(Math.abs(read[i] - elements[i])).isLessThanOrEqualTo(tolerance);
    }
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempFile("round-trip", ".gguf");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
