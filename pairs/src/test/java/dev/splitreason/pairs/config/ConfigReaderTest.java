package dev.splitreason.pairs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.engine.llamacpp.KvType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {

  private static final Path FILE = Path.of("/etc/somewhere/splitreason.yaml");

  @Test
  void anEmptyFileChangesNothing() {
    Config config = read("");

    assertThat(config.pairs()).isEmpty();
    assertThat(config.defaultPair()).isEqualTo("chain");
    assertThat(config.defaults()).isEqualTo(RequestSettings.NONE);
  }

  @Test
  void aModelMayBeJustAFileRelativeToTheConfiguration() {
    Config config = read("models:\n  tiny: ../models/tiny.gguf\n");

    assertThat(config.model("tiny").location())
        .isEqualTo(new ModelLocation.GgufFile(Path.of("/etc/models/tiny.gguf")));
  }

  @Test
  void aModelMayBeOnAServer() {
    Config config = read("models: {big: {url: 'http://gpu:8000/v1#r1-32b'}}");

    assertThat(config.model("big").location())
        .isEqualTo(new ModelLocation.Served("http://gpu:8000/v1", "r1-32b"));
  }

  @Test
  void aModelTellsHowItIsLoaded() {
    Config config =
        read(
            """
            models:
              big:
                path: /data/big.gguf
                template: my.jinja
                context: 8192
                threads: 6
                gpu-layers: 99
                kv-type: q8_0
            """);

    assertThat(config.model("big"))
        .isEqualTo(
            new ModelSettings(
                "big",
                new ModelLocation.GgufFile(Path.of("/data/big.gguf")),
                "/etc/somewhere/my.jinja",
                8192,
                6,
                99,
                KvType.Q8_0,
                ServerSettings.DEFAULT));
  }

  @Test
  void aPairNamesItsModelsAndInheritsDefaults() {
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
  void aPairMaySpellItsTagsAndMeasureItsSpans() {
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
  void defaultsAreTypedAsOptionsAre() {
    RequestSettings defaults =
        read("""
        defaults:
          policy: random:0.1
          max-offload-ratio: 0.2
          temperature: 0.6
          top-k: 40
          seed: 9007199254740993
          max-tokens: 1000
          time-limit: 1.5m
          sequential: true
        """)
            .defaults();

    assertThat(defaults.policy()).isEqualTo(new Policy.RandomSwitching(0.1, 1));
    assertThat(defaults.maxOffloadRatio()).isEqualTo(0.2);
    assertThat(defaults.temperature()).isEqualTo(0.6);
    assertThat(defaults.topK()).isEqualTo(40);
    assertThat(defaults.seed()).isEqualTo(9007199254740993L);
    assertThat(defaults.maxTokens()).isEqualTo(1000);
    assertThat(defaults.timeLimit()).isEqualTo(Duration.ofSeconds(90));
    assertThat(defaults.sequential()).isTrue();
    assertThat(defaults.topP()).isNull();
  }

  @Test
  void theReferenceInTheDocumentationIsRight() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    int section = page.indexOf("## Everything there is");
    int start = page.indexOf("```yaml\n", section) + "```yaml\n".length();

    Config config = read(page.substring(start, page.indexOf("```", start)));

    assertThat(config.defaultPair()).isEqualTo("r1");
    assertThat(config.pair("r1").base()).isNotNull();
    assertThat(config.defaults().timeLimit()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void anUnknownKeyIsAnErrorWithItsLineAndASuggestion() {
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
        .hasMessage(FILE + ":5: unknown key 'span_cap' in pairs.mine; did you mean 'span-cap'?");
  }

  @Test
  void anUnknownSectionIsAnError() {
    assertWrong("model:\n  x: y.gguf\n", ":1: unknown key 'model'; did you mean 'models'?");
  }

  @Test
  void aPairOfAnUnknownModelIsAnErrorWithASuggestion() {
    assertWrong(
        "models: {r1-small: a.gguf}\npairs: {p: {small: r1-smal, large: ./b.gguf}}",
        ":2: pairs.p.small names no model under 'models:': 'r1-smal'; did you mean 'r1-small'?");
  }

  @Test
  void aPairWithoutALargeModelIsAnError() {
    assertWrong("pairs: {p: {small: ./a.gguf}}", "pairs.p.large is missing");
  }

  @Test
  void aDefaultPairThatIsNotThereIsAnError() {
    assertWrong("default-pair: r2", ":1: default-pair names no pair: 'r2'");
  }

  @Test
  void valuesOfTheWrongTypeAreErrors() {
    assertWrong("defaults: {top-k: many}", "defaults.top-k must be a whole number, not 'many'");
    assertWrong("defaults: {top-k: 1.5}", "must be a whole number");
    assertWrong("defaults: {top-k: '3'}", "not the text '3'");
    assertWrong("defaults: {temperature: warm}", "must be a number, not 'warm'");
    assertWrong("defaults: {temperature: .nan}", "must be a number");
    assertWrong("defaults: {sequential: sometimes}", "must be true or false");
    assertWrong("defaults: {policy: [learned]}", "defaults.policy must be a text");
    assertWrong("defaults: greedy", "defaults must hold 'key: value' lines");
    assertWrong("models: {m: {path: a.gguf, kv-type: q3}}", "must be one of auto, f32, f16");
    assertWrong("models: {m: {path: a.gguf, threads: -1}}", "at least 0, not -1");
    assertWrong("models: {m: [a.gguf]}", "models.m must be a text");
    assertWrong("- a\n- b", ":1: expected 'key: value' lines");
  }

  @Test
  void valuesOutOfRangeAreErrors() {
    assertWrong("defaults: {max-offload-ratio: 2}", "maximum offload ratio must be in 0 … 1");
    assertWrong("defaults: {policy: 'random:7'}", "needs a probability in 0 … 1");
    assertWrong("defaults: {time-limit: soon}", "'soon' is no duration");
  }

  @Test
  void aModelNeedsExactlyOnePlace() {
    assertWrong("models: {m: {context: 5}}", "models.m needs either a path");
    assertWrong("models: {m: {path: a.gguf, url: 'http://h#m'}}", "models.m needs either a path");
    assertWrong("models: {m: }", "models.m must be a GGUF file");
  }

  @Test
  void aServerWithoutAModelIsAnError() {
    assertWrong("models: {m: 'http://host/v1'}", "write http://host/v1#MODEL");
  }

  @Test
  void aKeyThatIsThereTwiceIsAnError() {
    assertWrong("models:\n  m: a.gguf\n  m: b.gguf\n", ":3: 'm' is there twice");
  }

  @Test
  void brokenYamlIsAnErrorWithItsLine() {
    assertWrong("models:\n  m: [a\npairs: {}\n", ":3: not valid YAML");
  }

  private static Config read(String text) {
    return new ConfigReader(FILE, new HashMap<>(), new HashMap<>()).read(text);
  }

  private static void assertWrong(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(FILE.toString())
        .hasMessageContaining(message);
  }
}
