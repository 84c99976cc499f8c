package dev.splitreason.simulator.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {

  private static final String SMALL =
      """
      {"name":"s","time":{"kind":"linear","decode_seconds":0.01,"prefill_seconds_per_token":0.001}}""";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("profile.json"), text);
  }

  @Test
  void thePaperProfileHasTheRatesOfFigureOne() throws IOException {
    PairProfile profile = Profiles.load("paper-h100");

    assertThat(1 / profile.small().time().seconds(Pass.decode(1, 500)))
        .isCloseTo(150, within(1e-9));
    assertThat(1 / profile.large().time().seconds(Pass.decode(1, 500))).isCloseTo(15, within(1e-9));
    assertThat(3000 / profile.small().time().seconds(Pass.prefill(3000, 0)))
        .isCloseTo(30_000, within(1e-6));
    assertThat(500 / profile.large().time().seconds(Pass.prefill(500, 0)))
        .isCloseTo(2_500, within(1e-6));
  }

  @Test
  void aRooflineTakesAsManyDevicesAsTheWeightsAndOneLongAnswerNeed() throws IOException {
    PairProfile h100 = Profiles.load("roofline:h100:1.5b:32b");
    PairProfile l4 = Profiles.load("roofline:l4:1.5b:32b");

    assertThat(h100.small().devices()).isEqualTo(1);
    assertThat(h100.large().devices()).isEqualTo(2);
    assertThat(l4.large().devices()).isEqualTo(4);
    assertThat(Profiles.load("roofline:h100:1.5b:32b:8").large().devices()).isEqualTo(1);
  }

  @Test
  void aRooflineDecodesAtTheSpeedOfItsMemory() throws IOException {
    PassTime small = Profiles.load("roofline:h100:1.5b:32b").small().time();

    // 1.54e9 weights of 2 bytes at 0.7 of 3.35 TB/s, and 2 ms
    assertThat(small.seconds(Pass.decode(1, 0)))
        .isCloseTo(0.002 + 1.54e9 * 2 / (0.7 * 3.35e12), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "paper-h100",
        "roofline:h100:1.5b:32b",
        "roofline:cpu2:0.5b:7b",
        "roofline:a100:7b:70b:4"
      })
  void whatIsWrittenIsReadBack(String name) throws IOException {
    PairProfile profile = Profiles.load(name);

    assertThat(Profiles.load(file(ProfileJson.write(profile)).toString())).isEqualTo(profile);
  }

  @Test
  void aMeasuredProfileIsReadBack() throws IOException {
    Grid grid = new Grid(List.of(1, 2), List.of(0, 9), List.of(List.of(1., 2.), List.of(3., 4.)));
    ModelProfile model = ModelProfile.local("m", new MeasuredTime(grid, grid));
    PairProfile profile = new PairProfile("p", "here", model, model, true);

    assertThat(ProfileJson.read(file(ProfileJson.write(profile)))).isEqualTo(profile);
  }

  @Test
  void aProfileOfSeveralLargeModelsHasEachByItsName() throws IOException {
    PairProfile first = Profiles.load("roofline:h100:1.5b:7b");
    ModelProfile middle = Profiles.load("roofline:h100:1.5b:14b").large().withName("m/14b.gguf");
    ModelProfile largest =
        Profiles.load("roofline:h100:1.5b:32b").large().withName("http://a/v1#l");
    PairProfile profile =
        new PairProfile("p", "here", first.small(), first.large(), List.of(middle, largest), false);

    PairProfile read = ProfileJson.read(file(ProfileJson.write(profile)));

    assertThat(read).isEqualTo(profile);
    assertThat(read.withLarge("elsewhere/14b.gguf").large()).isEqualTo(middle);
    assertThat(read.withLarge("http://a/v1#l").large()).isEqualTo(largest);
    assertThat(read.withLarge("another").large()).isEqualTo(first.large());
    assertThat(read.withLarge(null)).isEqualTo(read);
  }

  @Test
  void whatAFileLeavesOutCostsNothing() throws IOException {
    Path file =
        file(
            "{\"name\":\"p\",\"source\":\"me\",\"small\":%s,\"large\":%s}".formatted(SMALL, SMALL));

    PairProfile profile = ProfileJson.read(file);

    assertThat(profile.small())
        .isEqualTo(ModelProfile.local("s", new LinearTime(0.01, 0, 0, 0.001, 0, 0)));
    assertThat(profile.sharedDevice()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"p\",\"source\":\"me\",\"small\":SMALL}|a profile without its large model",
        "{\"name\":\"p\",\"small\":SMALL,\"large\":SMALL}|a profile without its source",
        "{\"name\":\"p\",\"source\":\"me\",\"small\":SMALL,\"large\":SMALL,\"lrage\":1}|unknown key 'lrage'",
        "{\"small\":{\"name\":\"s\"}}|a model without its pass times (at small)",
        "{\"small\":{\"name\":\"s\",\"time\":{\"kind\":\"linear\",\"decode_seconds\":0}}}|decode_seconds must be above 0, not 0.0 (at small.time)",
        "{\"small\":{\"time\":{\"kind\":\"cubic\"}}}|Could not resolve type id 'cubic'",
        "{\"name\":|Unexpected end-of-input",
        "[]|Cannot deserialize"
      })
  void aFileThatIsNoProfileIsRefusedInOneLine(String text, String reason) throws IOException {
    Path file = file(text.replace("SMALL", SMALL));

    assertThatThrownBy(() -> ProfileJson.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "paper-a100|no profile and no file is called 'paper-a100'",
        "roofline:h100:1.5b|'roofline:h100:1.5b' is no roofline profile",
        "roofline:tpu:1.5b:32b|unknown device 'tpu'",
        "roofline:h100:2b:32b|unknown model size '2b'",
        "roofline:h100:1.5b:32b:3|weights have 16, 8 or 4 bits, not '3'"
      })
  void anUnknownNameIsRefusedWithWhatThereIs(String name, String reason) {
    assertThatThrownBy(() -> Profiles.load(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }
}
