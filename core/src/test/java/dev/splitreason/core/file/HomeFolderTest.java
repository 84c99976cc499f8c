package dev.splitreason.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeFolderTest {

  @Test
  void theEnvironmentDecides() {
    assertThat(HomeFolder.of(Map.of("HOME", "/elsewhere"))).isEqualTo(Path.of("/elsewhere"));
  }

  @Test
  void withoutIt_JavaIsAsked() {
    Path java = Path.of(System.getProperty("user.home"));

    assertThat(HomeFolder.of(Map.of())).isEqualTo(java);
    assertThat(HomeFolder.of(Map.of("HOME", " "))).isEqualTo(java);
  }
}
