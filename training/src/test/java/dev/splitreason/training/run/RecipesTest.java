package dev.splitreason.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.grpo.OffloadConfig;
import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.sft.SftConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe and every recorded configuration of a run is read by today's reader. */
class RecipesTest {

  private static final Path MODELS = Path.of("..", "models");
  private static final List<Record> KINDS =
      List.of(PretrainConfig.DEFAULT, SftConfig.DEFAULT, OffloadConfig.DEFAULT);

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(MODELS)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isOfOneKind(Path file) throws IOException {
    StringBuilder refusals = new StringBuilder();
    for (Record kind : KINDS) {
      try {
        assertThat(ConfigFile.read(kind, file, List.of())).isNotNull();
        return;
      } catch (UserMistake e) {
        refusals.append(e.getMessage()).append('\n');
      }
    }
    throw new AssertionError(refusals.toString());
  }

  @Test
  void thereAreRecipes() throws IOException {
    assertThat(files()).hasSizeGreaterThan(8);
  }

  /** Keys that stood flat, with where they are now. */
  @ParameterizedTest
  @CsvSource({
    "0, steps: 9, schedule.steps",
    "0, batch: 9, schedule.batch",
    "1, epochs: 9, schedule.epochs",
    "1, model: x, start.model",
    "1, threads: 2, compute.threads",
    "2, device: cpu, compute.device",
    "2, steps: 9, schedule.steps"
  })
  void anOldFlatKeyIsRefusedWithItsNewPlace(
      int kind, String line, String place, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("old.yaml"), "# a run\n" + line + "\n");

    assertThatThrownBy(() -> ConfigFile.read(KINDS.get(kind), file, List.of()))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(file + ":2: unknown key")
        .hasMessageContaining("did you mean '" + place + "'?");
  }
}
