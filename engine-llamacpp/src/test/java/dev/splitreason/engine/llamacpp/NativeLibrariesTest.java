package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
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

  @Test
  void unpacks_a_jar_once_for_each_build(@TempDir Path folder) throws Exception {
    Path first =
        NativeLibraries.unpacked(
            "test", jar(folder.resolve("1.jar"), "one", "one"), new UserCache(folder));
    Path again =
        NativeLibraries.unpacked(
            "test", jar(folder.resolve("2.jar"), "one", "one"), new UserCache(folder));
    Path other =
        NativeLibraries.unpacked(
            "test", jar(folder.resolve("3.jar"), "two", "two"), new UserCache(folder));

    assertThat(first.resolve("libllama.so")).hasContent("one");
    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(other.resolve("libllama.so")).hasContent("two");
  }

  @Test
  void refuses_a_library_that_is_not_the_one_of_the_index(@TempDir Path folder) throws Exception {
    URL index = jar(folder.resolve("damaged.jar"), "as built", "as damaged");

    assertThatThrownBy(() -> NativeLibraries.unpacked("test", index, new UserCache(folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("libllama.so is not the one");
    assertThat(folder.resolve("natives")).isEmptyDirectory();
  }

  /** A natives artifact with one library, and where its index is. */
  private static URL jar(Path file, String indexed, String content) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(indexed.getBytes(StandardCharsets.UTF_8));
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new JarEntry("natives/index.properties"));
      String sum = "libllama.so.sha-256=" + HexFormat.of().formatHex(digest);
      jar.write(("libraries=libllama.so\n" + sum + "\n").getBytes(StandardCharsets.UTF_8));
      jar.putNextEntry(new JarEntry("natives/libllama.so"));
      jar.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return URI.create("jar:" + file.toUri() + "!/natives/index.properties").toURL();
  }
}
