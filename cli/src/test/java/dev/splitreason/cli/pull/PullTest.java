package dev.splitreason.cli.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.engine.contract.hub.HubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PullTest {

  private static final String REPOSITORY = "ann/chain-GGUF";
  private static final String SMALL = "hf:ann/chain-GGUF:small-split.gguf";
  private static final String LARGE = "hf:ann/chain-GGUF:large.gguf";

  @TempDir private Path folder;

  private final HubServer server = HubServer.start();

  @BeforeEach
  void publish() throws IOException {
    for (String file : new String[] {"small-split.gguf", "large.gguf"}) {
      Path model = CommandProcess.project().resolve("models").resolve(file);
      server.put(REPOSITORY, file, Files.readAllBytes(model));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPairIsAskedByItsNamesOnTheHub() {
    String[] question = {
      "ask",
      "--json",
      "--small",
      SMALL,
      "--large",
      LARGE,
      "--chunk",
      "2",
      "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the last two digits."
    };

    Result fetched = command("", question);
    int asked = server.asked().size();
    Result again = command("", question);

    assertThat(fetched.err()).contains("fetch: ");
    assertThat(fetched.status()).as(fetched.err()).isZero();
    assertThat(fetched.json().path("answer").stringValue()).isEqualTo("35");
    assertThat(again.json().path("text")).isEqualTo(fetched.json().path("text"));
    assertThat(server.asked()).hasSize(asked);
  }

  @Test
  void whatIsPulledIsUsedOffline() {
    server.cut(1, 0.6);

    Result pulled = command("", "pull", "--json", SMALL, LARGE);

    assertThat(pulled.status()).as(pulled.err()).isZero();
    JsonNode model = pulled.json().path("models").path(1);
    assertThat(model.propertyNames()).containsExactly("name", "commit", "path", "bytes");
    assertThat(model.path("name").stringValue()).isEqualTo(LARGE);
    assertThat(model.path("commit").stringValue()).isEqualTo(server.commit(REPOSITORY));
    assertThat(Path.of(model.path("path").stringValue())).exists();
    assertThat(model.path("bytes").longValue())
        .isEqualTo(Path.of(model.path("path").stringValue()).toFile().length());
    server.close();
    assertThat(command("1", "info", "--small", SMALL, "--large", LARGE).status()).isZero();
  }

  @Test
  void whatIsNotThereEndsWithOneLine() {
    Result missing = command("", "pull", "hf:ann/other");

    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err())
        .isEqualTo(
            "splitreason: hf:ann/other: no such repository at %s, or not a public one: set HF_TOKEN to a token that may read it%n"
                .formatted(server.endpoint()));
    assertThat(command("", "pull", "chain").status()).isEqualTo(2);
  }

  private Result command(String offline, String... arguments) {
    return CommandProcess.start(
            Map.of(
                "HF_HOME",
                folder.toString(),
                "HF_ENDPOINT",
                server.endpoint(),
                "HF_TOKEN",
                "",
                "HF_HUB_OFFLINE",
                offline),
            arguments)
        .finish();
  }
}
