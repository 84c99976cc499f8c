package dev.splitreason.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JourneyTest {

  private static final Path RECIPES = Path.of("../models/recipes").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void everyRecipeOfTheJourneyIsThere() {
    for (Journey journey : List.of(Journey.full(folder, RECIPES), Journey.quick(folder, RECIPES))) {
      List<String> words = journey.steps().stream().flatMap(s -> s.arguments().stream()).toList();
      assertThat(words.stream().filter(word -> word.endsWith(".yaml")).map(Path::of))
          .isNotEmpty()
          .allMatch(file -> Files.exists(file) || file.equals(journey.configurationFile()));
    }
  }

  @Test
  void itsConfigurationNamesThePairsThatItMakes() throws Exception {
    Journey journey = Journey.full(folder, RECIPES);
    Files.writeString(journey.configurationFile(), journey.configuration());

    Config config = ConfigReader.load(journey.configurationFile(), Map.of());

    assertThat(config.defaultPair()).isEqualTo("split");
    assertThat(config.pairs()).containsKeys("split", "sft", "large-91k", "large-220k");
    assertThat(config.pair("sft").small().location())
        .hasToString(folder.resolve("small-sft/model.gguf").toString());
  }

  @Test
  void aTrainingRunThatWasBegunGoesOn() throws Exception {
    Step step =
        Step.training("a run", "sft", Path.of("r.yaml"), folder.resolve("run"), "schedule.steps=3");

    assertThat(step.command())
        .containsExactly(
            "train", "sft", "--config", "r.yaml", "--set", "schedule.steps=3", "--output", run());

    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/config.yaml"), "steps: 3\n");
    assertThat(step.isDone()).isFalse();
    assertThat(step.command()).containsExactly("train", "sft", "--resume", "--output", run());

    Files.writeString(folder.resolve("run/model.gguf"), "");
    assertThat(step.isDone()).isTrue();
  }

  private String run() {
    return folder.resolve("run").toString();
  }
}
