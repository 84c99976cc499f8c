package dev.splitreason.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.cli.documents.DocumentedCommand.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shapes that the pages show are those that the commands print: names, order and types. */
class JsonDocumentsTest {

  @TempDir private Path folder;

  static Stream<DocumentedCommand> commands() throws IOException {
    Path docs = CommandProcess.project().resolve("docs");
    return Stream.concat(
        DocumentedCommand.of(docs.resolve("ask.md")).stream(),
        DocumentedCommand.of(docs.resolve("json.md")).stream());
  }

  @Test
  void everyFixedShapeIsDocumented() throws IOException {
    assertThat(commands().map(command -> command.arguments().getFirst()))
        .contains("ask", "eval", "match", "check", "simulate");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandPrintsAndLeavesWhatItsPageShows(DocumentedCommand command) throws IOException {
    for (Block block : command.given()) {
      Files.writeString(folder.resolve(block.file()), block.text() + "\n");
    }

    Result result = CommandProcess.runIn(folder, command.arguments().toArray(String[]::new));

    assertThat(result.status()).as(result.err()).isZero();
    assertAlike(command.printed(), result.out());
    for (Block block : command.left()) {
      assertAlike(block, Files.readString(folder.resolve(block.file())));
    }
  }

  private static void assertAlike(Block block, String text) {
    JsonNode examples =
        JsonMapper.shared()
            .createArrayNode()
            .addAll(block.documents().stream().map(JsonDocumentsTest::json).toList());
    List<String> written = block.lines() ? text.lines().toList() : List.of(text);
    assertThat(written).isNotEmpty();
    for (String document : written) {
      JsonNode list = JsonMapper.shared().createArrayNode().add(json(document));
      assertThat(new JsonShape(examples).differences(list)).as(document).isEmpty();
    }
  }

  private static JsonNode json(String document) {
    return JsonMapper.shared().readTree(document);
  }
}
