package dev.splitreason.cli.served;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.engine.contract.server.ServerSpelling;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code ask} and {@code info} with models on a server, as a user runs them. */
class AskServedTest {

  private static final String QUESTION =
      "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the last"
          + " two digits.";
  private static final String SMALL = "models/small-split.gguf";
  private static final Map<String, String> FILES =
      Map.of("small", "small-split.gguf", "large", "large.gguf");

  private static String embedded;

  @TempDir private Path folder;

  @BeforeAll
  static void askTheFiles() {
    embedded = text(CommandProcess.run("ask", "--json", QUESTION));
  }

  @Test
  void aServedLargeModelGivesTheAnswerOfItsFile() throws IOException {
    try (var server =
        BundledServer.start(ServerSpelling.LLAMA_SERVER, Map.of("large", "large.gguf"))) {
      Result result = ask("--small", SMALL, "--large", server.at("large"));

      assertThat(text(result)).isEqualTo(embedded);
      assertThat(result.json().get("degraded").asBoolean()).isFalse();
      assertThat(server.tokensSent()).isPositive();
    }
  }

  @Test
  void theConfigurationFileNamesServedModels() throws IOException {
    try (var server = BundledServer.start(ServerSpelling.VLLM, FILES)) {
      Path file =
          Files.writeString(
              folder.resolve("served.yaml"),
              """
              models:
                s: {url: "%s", template: chain, api-key-env: MY_KEY, scoring: true}
                l: {url: "%s", template: chain, timeout: 90s, attempts: 2}
              pairs:
                served: {small: s, large: l, chunk: 2}
              default-pair: served
              """
                  .formatted(server.at("small"), server.at("large")));

      Result result =
          CommandProcess.start(
                  Map.of("MY_KEY", "s3cret"),
                  "--config",
                  file.toString(),
                  "ask",
                  "--json",
                  QUESTION)
              .finish();

      assertThat(text(result)).isEqualTo(embedded);
      assertThat(server.keys()).contains("Bearer s3cret").containsNull();
      assertThat(server.promptsScored()).isPositive();
    }
  }

  @Test
  void aLargeModelThatDiesInsideASpanDegradesTheAnswer() throws IOException {
    try (var server =
        BundledServer.start(ServerSpelling.LLAMA_SERVER, Map.of("large", "large.gguf"))) {
      server.dieAfter(1);

      Result result = ask("--small", SMALL, "--large", server.at("large"));

      assertThat(result.status()).as(result.err()).isZero();
      assertThat(result.json().get("degraded").asBoolean()).isTrue();
      assertThat(result.json().get("degraded_because").asString()).isNotBlank();
      assertThat(result.json().get("finish_reason").asString()).isEqualTo("stop");
      assertThat(text(result)).startsWith("36-57=79\n").contains("<bigmodel>");
    }
  }

  @Test
  void aSmallModelThatDiesIsAFailureThatKeepsWhatWasWritten() throws IOException {
    try (var server =
        BundledServer.start(ServerSpelling.VLLM, Map.of("small", "small-split.gguf"))) {
      server.dieAfter(9);

      Result result =
          CommandProcess.run(
              "ask",
              "--policy",
              "small",
              "--template",
              "chain",
              "--small",
              server.at("small"),
              QUESTION);

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.out()).startsWith("36-57=79");
      assertThat(result.err()).startsWith("splitreason: http://127.0.0.1:").hasLineCount(1);
    }
  }

  @Test
  void aServerThatIsNotThereIsOneLine() throws IOException {
    var server = BundledServer.start(ServerSpelling.PLAIN, Map.of());
    server.close();

    Result result = ask("--small", SMALL, "--large", server.at("large"), "--template", "chain");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .hasLineCount(1)
        .contains("cannot be reached", "is the server running?");
  }

  @Test
  void aModelThatTheServerDoesNotHaveIsOneLineThatSaysWhatItHas() throws IOException {
    try (var server = BundledServer.start(ServerSpelling.VLLM, Map.of("large", "large.gguf"))) {
      Result result = ask("--small", SMALL, "--large", server.at("larg"), "--template", "chain");

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err())
          .hasLineCount(1)
          .contains("has no model 'larg'; did you mean 'large'? (it has: large)");
    }
  }

  @Test
  void aKeyThatIsNotThereIsOneLine() {
    Result result = ask("--large", "http://127.0.0.1:9/v1#large", "--api-key-env", "NO_SUCH_KEY");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("the environment variable NO_SUCH_KEY is not set");
  }

  @Test
  void infoShowsServedModels() throws IOException {
    try (var server =
        BundledServer.start(ServerSpelling.LLAMA_SERVER, Map.of("large", "large.gguf"))) {
      Result result = CommandProcess.run("info", "--json", "--large", server.at("large"));

      assertThat(result.status()).as(result.out()).isZero();
      JsonNode large = result.json().get("models").get(1);
      assertThat(large.get("location").asString()).isEqualTo(server.at("large"));
      assertThat(large.get("description").asString()).isEqualTo("served by llama-server");
      assertThat(large.get("context").asInt()).isEqualTo(512);
      assertThat(large.get("template").asString()).isEqualTo("chain");
      assertThat(large.get("capabilities").valueStream().map(JsonNode::asString))
          .containsExactly("token ids", "logit bias");
    }
  }

  private static Result ask(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "ask";
    arguments[1] = "--json";
    arguments[2] = QUESTION;
    System.arraycopy(options, 0, arguments, 3, options.length);
    return CommandProcess.run(arguments);
  }

  private static String text(Result result) {
    assertThat(result.status()).as(result.err()).isZero();
    return result.json().get("text").asString();
  }

  @Test
  void theTimeLimitHoldsWhileConnecting() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/v1#m";
      long start = System.nanoTime();

      Result result = ask("--small", SMALL, "--large", url, "--time-limit", "2s");

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err())
          .contains("#m did not show within 2.0 s what it can do")
          .hasLineCount(1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
    }
  }

  @Test
  void infoShowsWhatAServedModelCanDoWithoutATemplate() throws IOException {
    try (var server = BundledServer.start(ServerSpelling.OLLAMA, FILES)) {
      Result result =
          CommandProcess.run("info", "--json", "--small", SMALL, "--large", server.at("large"));

      assertThat(result.status()).isZero();
      JsonNode large = result.json().get("models").get(1);
      assertThat(large.get("template").isNull()).isTrue();
      assertThat(large.get("capabilities")).isEmpty();
      assertThat(CommandProcess.run("info", "--small", SMALL, "--large", server.at("large")).out())
          .contains("stores none: name one with --template");
    }
  }
}
