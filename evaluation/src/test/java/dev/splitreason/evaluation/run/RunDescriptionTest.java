package dev.splitreason.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDescriptionTest {

  private static final SpanSettings CHAIN = new SpanSettings(TagSpelling.BIGMODEL, 2, 64);

  @TempDir Path folder;

  private void begin(Map<String, SpanSettings> pairs) throws IOException {
    RunFolder.begin(folder, describe(pairs)).close();
  }

  private Map<String, SpanSettings> told() throws IOException {
    return RunFolder.read(folder).description().pairs();
  }

  @Test
  void itsPairsAreToldAndThoseOfALaterRunAdded() throws IOException {
    begin(Map.of("chain", CHAIN));
    begin(Map.of("r1", SpanSettings.DEFAULT));

    assertThat(told()).isEqualTo(Map.of("chain", CHAIN, "r1", SpanSettings.DEFAULT));
  }

  @Test
  void aRunThatDoesNotTellOfPairsIsGoneOnWith() throws IOException {
    begin(Map.of());
    Path description = folder.resolve("run.json");
    Files.writeString(description, Files.readString(description).replace(",\"pairs\":{}", ""));

    begin(Map.of("chain", CHAIN));

    assertThat(told()).containsOnlyKeys("chain");
  }

  @Test
  void aRunWithAnotherChunkIsAnotherRun() throws IOException {
    begin(Map.of("chain", CHAIN));

    assertThatThrownBy(() -> begin(Map.of("chain", new SpanSettings(TagSpelling.BIGMODEL, 4, 64))))
        .hasMessage(
            "cannot go on in the folder '"
                + folder
                + "': its samples were drawn with chunk 2, not 4: repeat that run or name another"
                + " folder");
  }

  private static RunDescription describe(Map<String, SpanSettings> pairs) {
    return new RunDescription(
        "chain",
        1,
        new TreeMap<>(),
        new TreeMap<>(pairs),
        List.of(),
        List.of("splitreason eval"),
        List.of());
  }
}
