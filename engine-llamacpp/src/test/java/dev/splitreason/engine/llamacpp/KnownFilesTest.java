package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownFilesTest {

  private static final Path MODELS = Path.of("../models");

  @TempDir private Path folder;

  static List<Path> bundled() throws IOException {
    try (Stream<Path> files = Files.list(MODELS)) {
      return files.filter(file -> file.toString().endsWith(".gguf")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void aModelThatComesAlongCostsNoTrial(Path model) {
    GgufFile file = GgufFile.read(model);
    assertThat(KnownFiles.contains(file))
        .as("known-files.txt has the line\n%s %s", KnownFiles.sum(file), model.getFileName())
        .isTrue();
  }

  @Test
  void aModelOfWhichOneBitOfTheHeaderDiffersIsNotKnown() throws IOException {
    byte[] bytes = Files.readAllBytes(MODELS.resolve("small.gguf"));
    bytes[(int) GgufFile.read(MODELS.resolve("small.gguf")).dataOffset() / 2] ^= 1;
    Path changed = Files.write(folder.resolve("small.gguf"), bytes);
    assertThat(KnownFiles.contains(GgufFile.read(changed))).isFalse();
  }
}
