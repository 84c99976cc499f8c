package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeLibrariesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libggml-base.so libggml.so libllama.so",
        "libggml-base.so libggml.v0.5.0.so libllama.v0.5.0.so",
        "libggml-base.so libggml.cuda.v0.5.0.so libllama.cuda.v0.5.0.so",
        "libggml-base.so libggml.vulkan.v0.5.0.so libllama.vulkan.v0.5.0.so",
        "libggml-base.dylib libggml.v0.4.0.dylib libllama.v0.4.0.dylib",
        "libggml-base.dylib libggml.metal.v0.4.0.dylib libllama.metal.v0.4.0.dylib",
        "ggml-base.dll ggml.v0.4.0.dll llama.v0.4.0.dll"
      })
  void loads_the_three_libraries_in_order_whatever_the_platform_names_them(
      String names, @TempDir Path folder) throws Exception {
    List<String> inOrder = List.of(names.split(" ", -1));
    List<String> others = List.of("libllama-common.so", "libggml-cpu-x64.so", "libggml-blas.so");
    for (String name : Stream.concat(inOrder.stream(), others.stream()).toList()) {
      Files.createFile(folder.resolve(name));
    }

    assertThat(new NativeLibraries(folder).inLoadOrder())
        .map(library -> library.getFileName().toString())
        .isEqualTo(inOrder);
  }

  @Test
  void names_the_library_that_a_folder_lacks(@TempDir Path folder) throws Exception {
    Files.createFile(folder.resolve("libggml-base.so"));

    assertThatThrownBy(() -> new NativeLibraries(folder).inLoadOrder())
        .hasMessage("there is no library ggml in it");
  }
}
