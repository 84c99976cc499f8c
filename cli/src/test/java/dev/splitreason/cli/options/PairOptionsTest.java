package dev.splitreason.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.config.RequestSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PairOptionsTest {

  private static final ModelSettings SMALL = model("s");
  private static final ModelSettings LARGE = model("l");
  private static final ModelSettings BASE = model("b");
  private static final PairSettings PAIR =
      new PairSettings(
          "mine",
          SMALL,
          LARGE,
          BASE,
          "chatml",
          "chain",
          new SpanSettings(new TagSpelling("[[", "]]"), 3, 30));
  private static final Config CONFIG =
      new Config(
          Map.of("s", SMALL, "l", LARGE, "b", BASE),
          Map.of("mine", PAIR),
          "mine",
          RequestSettings.NONE,
          null);

  @Test
  void withoutOptionsItIsTheDefaultPair() {
    assertThat(choose()).isEqualTo(PAIR);
  }

  @Test
  void namingThePairsOwnModelsChangesNothing() {
    assertThat(choose("--small", "s", "--large", "/models/l.gguf")).isEqualTo(PAIR);
  }

  @Test
  void anotherLargeModelKeepsWhatBelongsToTheSmallSide() {
    PairSettings pair = choose("--large", "other.gguf");

    assertThat(pair.large().location())
        .isEqualTo(new ModelLocation.GgufFile(Path.of("other.gguf")));
    assertThat(pair.largeTemplate()).isNull();
    assertThat(pair.small()).isEqualTo(SMALL);
    assertThat(pair.base()).isEqualTo(BASE);
    assertThat(pair.smallTemplate()).isEqualTo("chatml");
    assertThat(pair.spans().chunk()).isEqualTo(3);
  }

  @Test
  void anotherSmallModelBringsItsOwnWays() {
    PairSettings pair = choose("--small", "other.gguf");

    assertThat(pair.name()).isEqualTo("other.gguf + l");
    assertThat(pair.base()).isNull();
    assertThat(pair.smallTemplate()).isNull();
    assertThat(pair.largeTemplate()).isEqualTo("chain");
    assertThat(pair.tags()).isEqualTo(TagSpelling.BIGMODEL);
    assertThat(pair.spans().chunk()).isEqualTo(SpanSettings.DEFAULT.chunk());
    assertThat(pair.spans().cap()).isEqualTo(SpanSettings.DEFAULT.cap());
  }

  @Test
  void optionsWinOverThePair() {
    PairSettings pair =
        choose(
            "--base",
            "s",
            "--template",
            "deepseek-r1",
            "--chunk",
            "5",
            "--span-cap",
            "50",
            "--context",
            "1000",
            "--gpu-layers",
            "0");

    assertThat(pair.base()).isEqualTo(SMALL.withContext(1000).withGpuLayers(0));
    assertThat(pair.small().context()).isEqualTo(1000);
    assertThat(pair.large().gpuLayers()).isZero();
    assertThat(pair.smallTemplate()).isEqualTo("deepseek-r1");
    assertThat(pair.largeTemplate()).isEqualTo("deepseek-r1");
    assertThat(pair.spans().chunk()).isEqualTo(5);
    assertThat(pair.spans().cap()).isEqualTo(50);
  }

  @Test
  void anAdapterMakesTheSameModelAnother() {
    PairSettings pair =
        choose("--small-adapter", "a.gguf", "--large-adapter", "hf:me/tuned:b.gguf");
    assertThat(pair.small().location()).isEqualTo(SMALL.location());
    assertThat(String.valueOf(pair.small().adapter())).isEqualTo("a.gguf");
    assertThat(String.valueOf(pair.large().adapter())).isEqualTo("hf:me/tuned:b.gguf");
    assertThat(pair.small().name()).isEqualTo(SMALL.name() + " with a.gguf");
    assertThat(pair.name()).contains("with a.gguf +").endsWith("with hf:me/tuned:b.gguf");
    assertThat(choose("--small-adapter", "a.gguf").smallTemplate())
        .isEqualTo(choose().smallTemplate());
    assertThatThrownBy(() -> choose("--small-adapter", "http://h/v1#a"))
        .isInstanceOf(UserMistake.class);
  }

  @Test
  void valuesOutOfRangeAreWrongUse() {
    assertThatThrownBy(() -> choose("--chunk", "0"))
        .isInstanceOf(UserMistake.class)
        .hasMessage("--chunk must be at least 1, not 0");
    assertThatThrownBy(() -> choose("--context", "-4")).isInstanceOf(UserMistake.class);
    assertThatThrownBy(() -> choose("--gpu-layers", "-1")).isInstanceOf(UserMistake.class);
    assertThatThrownBy(() -> choose("--span-cap", "0")).isInstanceOf(UserMistake.class);
    assertThatThrownBy(() -> choose("--large", " ")).isInstanceOf(UserMistake.class);
  }

  private static PairSettings choose(String... arguments) {
    return CommandLine.populateCommand(new PairOptions(), arguments).choose(CONFIG);
  }

  private static ModelSettings model(String name) {
    return ModelSettings.of(name, new ModelLocation.GgufFile(Path.of("/models/" + name + ".gguf")));
  }
}
