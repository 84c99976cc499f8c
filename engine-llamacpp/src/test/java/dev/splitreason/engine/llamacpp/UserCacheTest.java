package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {

  @TempDir private Path folder;

  private UserCache cache;

  @BeforeEach
  void begin() {
    cache = new UserCache(folder.resolve("cache"));
  }

  @Test
  void a_file_that_lies_in_a_folder_is_used_where_it_is() throws IOException {
    Path file = Files.writeString(folder.resolve("a b.gguf"), "weights");

    assertThat(cache.file(file.toUri().toURL(), "models")).isEqualTo(file);
    assertThat(cache.root()).doesNotExist();
  }

  @Test
  void a_file_in_a_jar_is_copied_once_for_each_content_and_keeps_its_name() throws IOException {
    Path first = cache.file(jar("1.jar", "weights"), "models");
    Files.setLastModifiedTime(first, java.nio.file.attribute.FileTime.fromMillis(0));

    assertThat(first).hasFileName("large.gguf").hasContent("weights");
    assertThat(cache.file(jar("2.jar", "weights"), "models")).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first).toMillis()).isZero();
    assertThat(cache.file(jar("3.jar", "others"), "models")).hasContent("others");
    assertThat(first).hasContent("weights");
  }

  @Test
  void many_at_once_make_one_copy_and_leave_nothing_else() throws IOException {
    URL file = jar("1.jar", "weights".repeat(100_000));

    assertThat(IntStream.range(0, 16).parallel().mapToObj(_ -> copy(file)).distinct()).hasSize(1);
    try (var inside = Files.list(cache.root().resolve("models"))) {
      assertThat(inside).hasSize(1);
    }
  }

  @Test
  void what_could_not_be_filled_is_not_there() {
    assertThatThrownBy(
            () ->
                cache.folder(
                    "models",
                    "half",
                    scratch -> {
                      Files.writeString(scratch.resolve("one"), "1");
                      throw new IOException("no more room");
                    }))
        .hasMessage("no more room");

    assertThat(cache.root().resolve("models")).isEmptyDirectory();
  }

  private Path copy(URL file) {
    try {
      return cache.file(file, "models");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private URL jar(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new JarEntry("some/large.gguf"));
      jar.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return URI.create("jar:" + file.toUri() + "!/some/large.gguf").toURL();
  }
}
