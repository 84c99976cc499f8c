package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files on each of which llama.cpp ended the process: none does any more. */
class HostileFilesTest {

  private static final Path FILES = Path.of("../../shared/cases/hostile/gguf");

  static List<Path> files() throws IOException {
    if (!Files.isDirectory(FILES)) {
      return List.of(FILES);
    }
    try (Stream<Path> files = Files.list(FILES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aHostileFileIsRefusedInOneLineOrAnswers(Path file) throws InterruptedException {
    assumeTrue(Files.isRegularFile(file), "the cases are not on this machine");
    for (boolean anyArchitecture : List.of(false, true)) {
      var options = TinyModel.OPTIONS.withAnyArchitecture(anyArchitecture);
      try (LlamaCppModel model = LlamaCppModel.load(file, options);
          Session session = model.open()) {
        session.append(new int[] {1, 2, 3});
        session.decode(DecodeRequest.upTo(3, Sampling.GREEDY), token -> {});
      } catch (ModelException e) {
        assertThat(e).message().doesNotContain("\n").isNotBlank();
      }
    }
  }
}
