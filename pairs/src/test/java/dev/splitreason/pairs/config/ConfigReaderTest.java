package dev.splitreason.pairs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.engine.llamacpp.KvType;
import dev.splitreason.pairs.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

  @TempDir private Path folder;

  @Test
  void anEmptyFileChangesNothing() throws IOException {
    Config config = read("");

    assertThat(config.pairs()).isEmpty();
    assertThat(config.defaultPair()).isEqualTo("chain");
    assertThat(config.defaults()).isEqualTo(RequestSettings.NONE);
  }

  @Test
  void aModelMayBeJustAFileRelativeToTheConfiguration() throws IOException {
    Config config = read("models:\n  tiny: ../models/tiny.gguf\n");

    assertThat(config.model("tiny").location())
        .isEqualTo(new ModelLocation.GgufFile(folder.resolveSibling("models/tiny.gguf")));
  }

  @Test
  void aModelMayBeOnAServer() throws IOException {
    Config config = read("models: {big: {url: 'http://gpu:8000/v1#r1-32b'}}");

    assertThat(config.model("big").location())
        .isEqualTo(new ModelLocation.Served("http://gpu:8000/v1", "r1-32b"));
  }

  @Test
  void aModelTellsHowItIsLoaded() throws IOException {
    Config config =
        read(
            """
            models:
              big:
                path: /data/big.gguf
                adapter: tuned.gguf
                template: my.jinja
                context: 8192
                threads: 6
                gpu-layers: 99
                kv-type: q8_0
                unsafe: true
            """);

    assertThat(config.model("big"))
        .isEqualTo(
            new ModelSettings(
                "big",
                new ModelLocation.GgufFile(Path.of("/data/big.gguf")),
                new ModelLocation.GgufFile(folder.resolve("tuned.gguf")),
                folder.resolve("my.jinja").toString(),
                null,
                8192,
                6,
                99,
                KvType.Q8_0,
                true,
                ServerSettings.DEFAULT));
  }

  @Test
  void aModelWithAnAdapterIsMeantByItsNameOnly() throws IOException {
    Config config = read("models: {tuned: {path: base.gguf, adapter: tuned.gguf}}");
    assertThat(config.model("tuned").adapter()).isNotNull();
    assertThat(config.model(folder.resolve("base.gguf").toString()).adapter()).isNull();
  }

  @Test
  void aServersModelCannotBeGivenAnAdapter() {
    for (String place : List.of("url", "path")) {
      assertThatThrownBy(
              () -> read("models: {m: {%s: 'http://h/v1#m', adapter: a.gguf}}".formatted(place)))
          .isInstanceOf(UserMistake.class)
          .hasMessageContainingAll("splitreason.yaml", "#ADAPTER")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void anAdapterIsAFile() {
    assertThatThrownBy(() -> read("models: {m: {path: m.gguf, adapter: 'http://h/v1#a'}}"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("name a GGUF file");
  }

  @Test
  void aPairNamesItsModelsAndInheritsDefaults() throws IOException {
    Config config =
        read(
            """
            models: {s: s.gguf, l: l.gguf}
            pairs:
              mine: {small: s, large: l, template: chatml}
            default-pair: mine
            """);

    PairSettings pair = config.pair(null);
    assertThat(pair.name()).isEqualTo("mine");
    assertThat(pair.small()).isEqualTo(config.model("s"));
    assertThat(pair.large()).isEqualTo(config.model("l"));
    assertThat(pair.base()).isNull();
    assertThat(pair.smallTemplate()).isEqualTo("chatml");
    assertThat(pair.largeTemplate()).isEqualTo("chatml");
    assertThat(pair.tags()).isEqualTo(TagSpelling.BIGMODEL);
    assertThat(pair.spans().chunk()).isEqualTo(SpanSettings.DEFAULT.chunk());
    assertThat(pair.spans().cap()).isEqualTo(SpanSettings.DEFAULT.cap());
  }

  @Test
  void aPairMaySpellItsTagsAndMeasureItsSpans() throws IOException {
    PairSettings pair =
        read("""
        pairs:
          mine:
            small: ./s.gguf
            large: ./l.gguf
            base: ./b.gguf
            small-template: deepseek-r1
            large-template: gguf
            tags: {open: "[[", close: "]]"}
            chunk: 4
            span-cap: 100
        """)
            .pair("mine");

    assertThat(pair.base()).isNotNull();
    assertThat(pair.smallTemplate()).isEqualTo("deepseek-r1");
    assertThat(pair.largeTemplate()).isEqualTo("gguf");
    assertThat(pair.tags()).isEqualTo(new TagSpelling("[[", "]]"));
    assertThat(pair.spans().chunk()).isEqualTo(4);
    assertThat(pair.spans().cap()).isEqualTo(100);
  }

  @Test
  void aPairsPolicyWinsOverTheDefaultsAndGoesWithItsModels() throws IOException {
    Config config =
        read(
            """
        models: {s: ./s.gguf, l: ./l.gguf, other: ./o.gguf}
        pairs: {mine: {small: s, large: l, policy: "entropy:0.5"}}
        defaults: {decoding: {policy: "random:0.1"}, limits: {max-tokens: 7}}
        """);
    PairSettings mine = config.pair("mine");
    PairSettings others = Pairs.builder().pair("mine").large("other").settings(config);

    assertThat(mine.over(config.defaults()).toOptions().policy())
        .isEqualTo(new Policy.Entropy(0.5));
    assertThat(mine.over(config.defaults()).toOptions().maxTokens()).isEqualTo(7);
    assertThat(others.over(config.defaults()).toOptions().policy())
        .isEqualTo(new Policy.RandomSwitching(0.1, 1));
  }

  @Test
  void defaultsAreTypedAsOptionsAre() throws IOException {
    RequestSettings defaults =
        read("""
        defaults:
          decoding: {policy: "random:0.1", sequential: true}
          sampling: {temperature: 0.6, top-k: 40, seed: 9007199254740993}
          limits: {max-tokens: 1000, time-limit: 1.5m, max-offload-ratio: 0.2}
        """)
            .defaults();

    assertThat(defaults.toOptions().policy()).isEqualTo(new Policy.RandomSwitching(0.1, 1));
    assertThat(defaults.limits().maxOffloadRatio()).isEqualTo(0.2);
    assertThat(defaults.sampling().temperature()).isEqualTo(0.6);
    assertThat(defaults.sampling().topK()).isEqualTo(40);
    assertThat(defaults.sampling().seed()).isEqualTo(9007199254740993L);
    assertThat(defaults.limits().maxTokens()).isEqualTo(1000);
    assertThat(defaults.limits().timeLimit()).isEqualTo(Duration.ofSeconds(90));
    assertThat(defaults.decoding().sequential()).isTrue();
    assertThat(defaults.sampling().topP()).isNull();
  }

  @Test
  void theReferenceInTheDocumentationIsRight() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    int section = page.indexOf("## Everything there is");
    int start = page.indexOf("```yaml\n", section) + "```yaml\n".length();

    Config config = read(page.substring(start, page.indexOf("```", start)));

    assertThat(config.defaultPair()).isEqualTo("r1");
    assertThat(config.pair("r1").base()).isNotNull();
    assertThat(config.defaults().limits().timeLimit()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void anUnknownKeyIsAnErrorWithItsLineAndASuggestion() throws IOException {
    assertThatThrownBy(
            () ->
                read(
                    """
                    pairs:
                      mine:
                        small: ./s.gguf
                        large: ./l.gguf
                        span_cap: 100
                    """))
        .isInstanceOf(UserMistake.class)
        .hasMessage(file() + ":5: unknown key 'span_cap' in pairs.mine; did you mean 'span-cap'?");
  }

  @Test
  void anUnknownSectionIsAnError() throws IOException {
    assertWrong("model:\n  x: y.gguf\n", ":1: unknown key 'model'; did you mean 'models'?");
  }

  @Test
  void aPairOfAnUnknownModelIsAnErrorWithASuggestion() throws IOException {
    assertWrong(
        "models: {r1-small: a.gguf}\npairs: {p: {small: r1-smal, large: ./b.gguf}}",
        ":2: pairs.p.small names no model under 'models:': 'r1-smal'; did you mean 'r1-small'?");
  }

  @Test
  void aPairWithoutALargeModelIsAnError() throws IOException {
    assertWrong("pairs: {p: {small: ./a.gguf}}", "pairs.p.large is missing");
  }

  @Test
  void aDefaultPairThatIsNotThereIsAnError() throws IOException {
    assertWrong("default-pair: r2", ":1: default-pair names no pair: 'r2'");
  }

  @Test
  void valuesOfTheWrongTypeAreErrors() throws IOException {
    assertWrong(
        "defaults: {sampling: {top-k: many}}",
        "defaults.sampling.top-k must be a whole number, not the text 'many'");
    assertWrong("defaults: {sampling: {top-k: 1.5}}", "must be a whole number");
    assertWrong("defaults: {sampling: {top-k: '3'}}", "not the text '3'");
    assertWrong(
        "defaults: {sampling: {temperature: warm}}", "must be a number, not the text 'warm'");
    assertWrong(
        "defaults: {sampling: {temperature: .nan}}", "temperature must be in 0 … 100, not NaN");
    assertWrong("defaults: {decoding: {sequential: sometimes}}", "must be true or false");
    assertWrong(
        "defaults: {decoding: {policy: [learned]}}", "defaults.decoding.policy must be a text");
    assertWrong("defaults: greedy", "defaults must be 'key: value' lines, not the text 'greedy'");
    assertWrong("models: {m: {path: a.gguf, kv-type: q3}}", "must be one of auto, f32, f16");
    assertWrong("models: {m: {path: a.gguf, threads: -1}}", "at least 0, not -1");
    assertWrong("models: {m: [a.gguf]}", "models.m must be 'key: value' lines");
    assertWrong("- a\n- b", ":1: expected 'key: value' lines");
  }

  @Test
  void valuesOutOfRangeAreErrors() throws IOException {
    assertWrong(
        "defaults: {limits: {max-offload-ratio: 2}}", "maximum offload ratio must be in 0 … 1");
    assertWrong("defaults: {decoding: {policy: 'random:7'}}", "needs a probability in 0 … 1");
    assertWrong("defaults: {limits: {time-limit: soon}}", "'soon' is no duration");
  }

  @Test
  void aFlatKeyOfEarlierFilesIsToldItsNewName() {
    assertWrong(
        "defaults:\n  seed: 3\n  top-p: 0.9\n",
        ":2: unknown key 'seed' in defaults; did you mean 'defaults.sampling.seed'?");
    assertWrong(
        "defaults: {time-limit: 5m}",
        ":1: unknown key 'time-limit' in defaults; did you mean 'defaults.limits.time-limit'?");
  }

  @Test
  void theLineIsThatOfTheValueOutOfRange() {
    assertWrong(
        "defaults:\n  sampling:\n    seed: 3\n    top-p: 9\n",
        ":4: defaults.sampling: top-p must be above 0 and at most 1, not 9.0");
  }

  @Test
  void aModelNeedsExactlyOnePlace() throws IOException {
    assertWrong("models: {m: {context: 5}}", "models.m: a model needs either a path");
    assertWrong(
        "models: {m: {path: a.gguf, url: 'http://h#m'}}", "models.m: a model needs either a path");
    assertWrong("models: {m: }", "models.m must be 'key: value' lines");
  }

  @Test
  void aServerWithoutAModelIsAnError() throws IOException {
    assertWrong("models: {m: 'http://host/v1'}", "write http://host/v1#MODEL");
  }

  @Test
  void aKeyThatIsThereTwiceIsAnError() throws IOException {
    assertWrong(
        "models:\n  m: a.gguf\n  m: b.gguf\n",
        ":3: not valid YAML: Duplicate Object property \"m\"");
  }

  @Test
  void brokenYamlIsAnErrorWithItsLine() throws IOException {
    assertWrong("models:\n  m: [a\npairs: {}\n", ":3: not valid YAML");
  }

  private Path file() {
    return folder.resolve("splitreason.yaml");
  }

  private Config read(String text) throws IOException {
    Files.writeString(file(), text);
    return new ConfigReader(file()).over(null);
  }

  private void assertWrong(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(file() + ":")
        .hasMessageContaining(message);
  }
}
