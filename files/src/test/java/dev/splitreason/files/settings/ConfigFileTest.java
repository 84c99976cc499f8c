package dev.splitreason.files.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  @TempDir private Path folder;

  /** A run's configuration in small. */
  record Config(int steps, @Nullable String data, Optimizer optimizer) {
    static final Config DEFAULT = new Config(100, null, Optimizer.DEFAULT);

    Config {
      if ("none".equals(data)) {
        throw new UserMistake("data must be a file, not none");
      }
    }
  }

  /** A section, which checks its own values. */
  record Optimizer(double rate, Shape schedule, double fall, double beta1, double weightDecay) {
    static final Optimizer DEFAULT = new Optimizer(1e-3, Shape.COSINE, 1, 0.9, 0.01);

    Optimizer {
      if (beta1 < 0 || beta1 >= 1) {
        throw new UserMistake("beta1 must be in 0 … 1, 1 excluded, not " + beta1);
      }
    }
  }

  enum Shape {
    CONSTANT,
    LINEAR,
    COSINE
  }

  @Test
  void whatTheFileDoesNotSayIsTheDefault() throws IOException {
    Config config = read("optimizer:\n  weight-decay: 0.5\n");

    assertThat(config.steps()).isEqualTo(100);
    assertThat(config.optimizer().weightDecay()).isEqualTo(0.5);
    assertThat(config.optimizer().beta1()).isEqualTo(0.9);
  }

  @Test
  void settingsWinOverTheFile() throws IOException {
    Config config =
        read("steps: 7\n", "steps=9", "optimizer.rate=5e-3", "optimizer.schedule=linear");

    assertThat(config.steps()).isEqualTo(9);
    assertThat(config.optimizer().rate()).isEqualTo(5e-3);
    assertThat(config.optimizer().schedule()).isEqualTo(Shape.LINEAR);
  }

  @Test
  void anEmptyFileIsTheDefaults() throws IOException {
    assertThat(read("# nothing\n")).isEqualTo(Config.DEFAULT);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Config config = read("data: traces.jsonl\n", "optimizer.fall=0.3");

    assertThat(read(ConfigFile.write(config))).isEqualTo(config);
    assertThat(ConfigFile.write(config)).contains("weight-decay: 0.01", "schedule: cosine");
  }

  @Test
  void anUnknownKeyIsNamedWithTheOneThatWasMeant() {
    assertThatThrownBy(() -> read("optimizer:\n  wieght-decay: 1\n"))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(
            file() + ":2: unknown key 'wieght-decay' in optimizer; did you mean 'weight-decay'?");
    assertThatThrownBy(() -> read("", "stesp=3"))
        .hasMessageStartingWith("--set stesp=3: unknown key 'stesp'; did you mean 'steps'?");
  }

  @Test
  void aValueOfAnotherKindIsNamed() {
    assertThatThrownBy(() -> read("steps: many\n"))
        .hasMessage(file() + ":1: steps must be a whole number, not the text 'many'");
    assertThatThrownBy(() -> read("steps: 1.5\n"))
        .hasMessage(file() + ":1: steps must be a whole number, not 1.5");
    assertThatThrownBy(() -> read("", "optimizer=3"))
        .hasMessage("--set optimizer=3: optimizer must be 'key: value' lines, not 3");
    assertThatThrownBy(() -> read("", "optimizer.schedule=sine"))
        .hasMessage(
            "--set optimizer.schedule=sine: optimizer.schedule must be one of constant, linear,"
                + " cosine, not the text 'sine'");
  }

  @Test
  void aValueThatTheSectionRefusesIsToldInItsWords() {
    assertThatThrownBy(() -> read("optimizer:\n  beta1: 2\n"))
        .hasMessage(file() + ":2: optimizer: beta1 must be in 0 … 1, 1 excluded, not 2.0");
  }

  @Test
  void aMistakeTellsItsPlace() {
    UserMistake mistake =
        catchThrowableOfType(UserMistake.class, () -> read("steps: 3\noptimizer:\n  rate: fast\n"));

    assertThat(mistake.where())
        .isEqualTo(new Place.Within(new Place.Line(file(), 3), new Place.Field("optimizer.rate")));
  }

  @Test
  void aKeyOfAnotherSectionIsNamedThere() {
    assertWrong(
        "steps: 3\nweight-decay: 0\n",
        ":2: unknown key 'weight-decay'; did you mean" + " 'optimizer.weight-decay'?");
    assertWrong(
        "adam:\n  # decays\n  beta1: 0\n",
        ":3: unknown key 'beta1' in adam; did you mean" + " 'optimizer.beta1'?");
  }

  @Test
  void aKeyLikeNoOtherIsToldTheKeysThereAre() {
    assertWrong(
        "momentum: 0\n", ":1: unknown key 'momentum' (the keys are steps, data, optimizer)");
  }

  @Test
  void theLineIsThatOfTheKeyWithWhichARecordIsRefused() {
    assertWrong(
        """
        data: x.jsonl
        optimizer:
          rate: 1e-2
          beta1: 1
          fall: 0.5
        """,
        ":4: optimizer: beta1 must be in 0 … 1, 1 excluded, not 1.0");
    assertWrong(
        "steps: 3\noptimizer: {rate: 1}\ndata: none\n", ":3: data must be a file, not none");
  }

  @Test
  void aSettingThatARecordRefusesIsNamedAndNotTheFile() {
    assertThatThrownBy(() -> read("optimizer:\n  beta1: 0.5\n", "optimizer.beta1=1"))
        .hasMessage(
            "--set optimizer.beta1=1: optimizer: beta1 must be in 0 … 1, 1 excluded, not 1.0");
  }

  @Test
  void settingsAreJudgedTogether() throws IOException {
    assertThat(read("optimizer:\n  beta1: 3\n", "optimizer.beta1=0.5").optimizer().beta1())
        .isEqualTo(0.5);
  }

  @Test
  void aKeyWithoutAValueIsAsByDefault() throws IOException {
    assertThat(read("steps:\noptimizer:\ndata: null\n")).isEqualTo(Config.DEFAULT);
    assertThat(read("data: x.jsonl\n", "data=").data()).isNull();
  }

  @Test
  void numbersAreInTheirRange() {
    assertWrong("steps: 99999999999\n", ":1: steps must be a whole number up to 2147483647");
    assertWrong("steps: '3'\n", ":1: steps must be a whole number, not the text '3'");
    assertWrong("data: 1e3\n", ":1: data must be a text, not 1000.0");
    assertWrong("steps: [1]\n", ":1: steps must be a whole number");
    assertWrong("optimizer: [1]\n", ":1: optimizer must be 'key: value' lines");
  }

  @Test
  void anAliasIsRefused() {
    assertWrong("steps: &n 3\noptimizer: {rate: *n}\n", ":2: an alias (*) is not read");
  }

  @Test
  void brokenYamlIsToldWithItsLine() {
    assertThatThrownBy(() -> read("steps: 3\n  bad: [\n"))
        .hasMessageStartingWith(file() + ":2: not valid YAML");
    assertThatThrownBy(() -> read("- 1\n")).hasMessage(file() + ":1: expected 'key: value' lines");
    assertWrong("steps: 3\nsteps: 4\n", ":2: not valid YAML: Duplicate");
  }

  @Test
  void aSettingWithoutAValueIsRefused() {
    assertThatThrownBy(() -> read("", "steps"))
        .hasMessage("--set takes key=value, such as optimizer.rate=1e-3, not 'steps'");
  }

  private void assertWrong(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(file() + message);
  }

  private Path file() {
    return folder.resolve("run.yaml");
  }

  private Config read(String yaml, String... settings) throws IOException {
    Files.writeString(file(), yaml);
    return ConfigFile.read(Config.DEFAULT, file(), List.of(settings));
  }
}
