package dev.splitreason.pairs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLookupTest {

  @TempDir private Path folder;
  private Map<String, String> environment;

  @BeforeEach
  void installBundledModels() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    for (String name : new String[] {"small-split.gguf", "small.gguf", "large.gguf"}) {
      Files.createFile(models.resolve(name));
    }
    environment =
        Map.of(
            "SPLITREASON_MODELS",
            models.toString(),
            "XDG_CONFIG_HOME",
            folder.resolve("xdg").toString());
  }

  @Test
  void withoutAFileThereIsTheBundledPair() throws IOException {
    Config config = ConfigReader.load(null, environment);

    assertThat(config.file()).isNull();
    PairSettings pair = config.pair(null);
    assertThat(pair.name()).isEqualTo("chain");
    assertThat(pair.small().name()).isEqualTo("chain-small-split");
    assertThat(pair.large().name()).isEqualTo("chain-large");
    assertThat(pair.base()).isEqualTo(config.model("chain-small"));
    assertThat(pair.spans().chunk()).isEqualTo(2);
  }

  @Test
  void theFileAtTheUsualPlaceIsFoundByItself() throws IOException {
    Path file = folder.resolve("xdg/splitreason/splitreason.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "defaults: {sampling: {seed: 7}}");

    Config config = ConfigReader.load(null, environment);

    assertThat(config.file()).isEqualTo(file);
    assertThat(config.defaults().sampling().seed()).isEqualTo(7);
  }

  @Test
  void theChosenFileWins() throws IOException {
    Path chosen = Files.writeString(folder.resolve("mine.yaml"), "defaults: {sampling: {seed: 8}}");

    assertThat(ConfigReader.load(chosen, environment).defaults().sampling().seed()).isEqualTo(8);
  }

  @Test
  void theFileAddsToTheBundledPairAndMayReplaceIt() throws IOException {
    Path chosen =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "pairs: {chain: {small: chain-small-split, large: chain-large, chunk: 3}}");

    PairSettings pair = ConfigReader.load(chosen, environment).pair("chain");

    assertThat(pair.spans().chunk()).isEqualTo(3);
    assertThat(pair.base()).isNull();
  }

  @Test
  void aPathToTheFileOfAKnownModelIsThatModel() throws IOException {
    Config config = ConfigReader.load(null, environment);

    ModelSettings model = config.model(folder.resolve("models/../models/large.gguf").toString());

    assertThat(model).isEqualTo(config.model("chain-large"));
  }

  @Test
  void anyOtherPathIsAModelOfItsOwn() throws IOException {
    ModelSettings model = ConfigReader.load(null, environment).model("/data/other.gguf");

    assertThat(model.location()).isEqualTo(new ModelLocation.GgufFile(Path.of("/data/other.gguf")));
    assertThat(model.template()).isNull();
  }

  @Test
  void anUnknownPairIsAnErrorThatNamesTheKnownOnes() throws IOException {
    Config config = ConfigReader.load(null, environment);

    assertThatThrownBy(() -> config.pair("chian"))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "no pair is called 'chian'; did you mean 'chain'? (there is: chain;"
                + " 'splitreason pairs' lists published ones)");
  }

  @Test
  void aChosenFileThatIsMissingIsAnError() {
    assertThatThrownBy(() -> ConfigReader.load(folder.resolve("no.yaml"), environment))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFileThatIsNotTextIsAnError() throws IOException {
    Path chosen = Files.write(folder.resolve("bad.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThatThrownBy(() -> ConfigReader.load(chosen, environment))
        .isInstanceOf(UserMistake.class)
        .hasMessage(chosen + " is not UTF-8 text");
    assertThatThrownBy(() -> ConfigReader.load(folder, environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(folder + " is a directory, not a file");
  }

  @Test
  void aPublishedPairIsKnownByItsName() throws IOException {
    PairSettings pair = ConfigReader.load(null, Map.of("HOME", "/nowhere")).pair("r1-1.5b-32b");

    assertThat(pair.small().location())
        .hasToString("hf:bartowski/DeepSeek-R1-Distill-Qwen-1.5B-GGUF:Q8_0");
    assertThat(pair.largeTemplate()).isEqualTo("deepseek-r1");
  }
}
