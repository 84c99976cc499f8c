package dev.splitreason.server.pair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ConfigReader;
import dev.splitreason.server.config.ServeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers are drawn as the models' makers say, where nobody else says anything. */
class AdvisedSamplingTest {

  @TempDir private Path folder;

  @Test
  void what_is_beside_the_model_counts_where_the_configuration_says_nothing() throws Exception {
    assertThat(sampling("").temperature()).isEqualTo(0.6);
    assertThat(sampling("").topP()).isEqualTo(0.95);
    assertThat(sampling("defaults: {sampling: {temperature: 0}}").greedy()).isTrue();
  }

  private Sampling sampling(String defaults) throws IOException, InterruptedException {
    Path models = Path.of("..", "models").toAbsolutePath();
    Files.writeString(
        folder.resolve("generation_config.json"),
        "{\"do_sample\":true,\"temperature\":0.6,\"top_p\":0.95}");
    for (String name : new String[] {"small-split.gguf", "large.gguf"}) {
      Files.deleteIfExists(folder.resolve(name));
      Files.createSymbolicLink(folder.resolve(name), models.resolve(name));
    }
    Path file =
        Files.writeString(
            folder.resolve("splitreason.yaml"),
            """
            models:
              s: small-split.gguf
              l: large.gguf
            pairs: {p: {small: s, large: l, chunk: 2}}
            server: {pairs: [p]}
            %s
            """
                .formatted(defaults));
    Config config = ConfigReader.load(file, Map.of());
    ServeSettings settings = ServeSettings.read(file);
    try (var pairs = new ServedPairs(List.of(config.pair("p")), config.defaults(), settings, 1)) {
      pairs.open(ServedPairs.Progress.NONE);
      return pairs.all().iterator().next().options().sampling();
    }
  }
}
