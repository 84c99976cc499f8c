package dev.splitreason.pairs.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {

  @TempDir private Path folder;

  @Test
  void theCacheIsWhereTheHubsOwnProgramsHaveIt() {
    assertThat(HubSettings.of(Map.of("HOME", "/home/ann")).cache())
        .isEqualTo(Path.of("/home/ann/.cache/huggingface/hub"));
    assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x")).cache())
        .isEqualTo(Path.of("/x/huggingface/hub"));
    assertThat(HubSettings.of(Map.of("HF_HOME", "/h", "XDG_CACHE_HOME", "/x")).cache())
        .isEqualTo(Path.of("/h/hub"));
    assertThat(HubSettings.of(Map.of("HF_HUB_CACHE", "~/hub", "HOME", "/home/ann")).cache())
        .isEqualTo(Path.of("/home/ann/hub"));
  }

  @Test
  void theTokenIsThatOfTheVariableElseThatOfTheFile() throws IOException {
    Files.writeString(folder.resolve("token"), "hf_file\n");
    String home = folder.toString();

    assertThat(HubSettings.of(Map.of("HF_HOME", home)).token()).isEqualTo("hf_file");
    assertThat(HubSettings.of(Map.of("HF_HOME", home, "HF_TOKEN", "hf_said")).token())
        .isEqualTo("hf_said");
    assertThat(
            HubSettings.of(Map.of("HF_HOME", home, "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")).token())
        .isNull();
    assertThat(HubSettings.of(Map.of("HF_HOME", home)).toString()).doesNotContain("hf_file");
  }

  @Test
  void anEndpointThatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "hub.example")))
        .isInstanceOf(UserMistake.class)
        .hasMessage("HF_ENDPOINT is no address of a hub: 'hub.example'");
    assertThat(HubSettings.of(Map.of("HF_ENDPOINT", "http://hub:8080/")).endpoint())
        .hasToString("http://hub:8080");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf:ann/tiny",
        "hf:ann/tiny:Q4_K_M",
        "hf:ann/tiny@v1:sub/tiny-Q8_0.gguf",
        "hf:ann/tiny@refs/pr/2"
      })
  void namesAreReadAsTheyAreWritten(String name) {
    assertThat(HubName.parse(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hf:tiny", "hf:ann/../tiny", "hf:ann/tiny:../x", "hf:", "hf:ann/tiny@/etc:a"})
  void whatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> HubName.parse(name))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("'" + name + "' is no name on the hub: write hf:OWNER/NAME");
  }
}
