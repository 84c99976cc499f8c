package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.run;
import static dev.splitreason.cli.CommandProcess.runWithInput;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TokenizeTest {

  @TempDir private Path folder;

  @Test
  void showsBordersIdsOffsetsAndBytes() {
    Result result = run("tokenize", "--pair", "chain", "37*4\n");

    assertThat(result.status()).isZero();
    assertThat(result.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("3│7│*│4│⏎"),
            line -> assertThat(line).isEmpty(),
            line -> assertThat(line.strip()).matches("id +offset +text +bytes"),
            line -> assertThat(line.strip()).matches("\\d+ +0 +3 +33"),
            line -> assertThat(line.strip()).matches("\\d+ +1 +7 +37"),
            line -> assertThat(line.strip()).matches("\\d+ +2 +\\* +2a"),
            line -> assertThat(line.strip()).matches("\\d+ +3 +4 +34"),
            line -> assertThat(line.strip()).matches("\\d+ +4 +⏎ +0a"),
            line -> assertThat(line).isEqualTo("5 tokens"));
  }

  @Test
  void controlCharactersAreShownAndDoNothing() {
    Result result = run("tokenize", "--pair", "chain", "\u001b\u009b");

    assertThat(result.out().chars()).noneMatch(c -> c != '\n' && Character.isISOControl(c));
    assertThat(result.out()).contains("␛");
  }

  @Test
  void jsonOffsetsAreBytesAndCoverTheText() {
    String text = "é = 7 → ⟦";

    JsonNode json = run("tokenize", "--json", "models/large.gguf", text).json();

    var bytes = new StringBuilder();
    int end = 0;
    for (JsonNode token : json.get("tokens")) {
      assertThat(token.propertyNames()).containsExactly("id", "text", "bytes", "start", "end");
      assertThat(token.get("start").asInt()).isEqualTo(end);
      end = token.get("end").asInt();
      bytes.append(token.get("bytes").asString());
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    assertThat(end).isEqualTo(utf8.length);
    assertThat(bytes).hasToString(java.util.HexFormat.of().formatHex(utf8));
    assertThat(json.get("count").asInt()).isEqualTo(json.get("tokens").size());
  }

  @Test
  void controlTokensAreTextUnlessAskedFor() {
    String tag = "<bigmodel>";

    assertThat(count("chain-large", tag)).isGreaterThan(1);
    assertThat(count("chain-large", "--control", tag)).isEqualTo(1);
  }

  @Test
  void theTextMayComeOnStdinUnchanged() {
    byte[] text = " 7\n\n".getBytes(StandardCharsets.UTF_8);

    Result result = runWithInput(text, "tokenize", "--json", "chain-large", "-");

    assertThat(result.json().get("tokens").valueStream().mapToInt(t -> t.get("end").asInt()).max())
        .hasValue(text.length);
  }

  @Test
  void aFileOfAKindThatIsNotKnownIsTriedOnlyWhenAskedFor() throws IOException {
    Path file = Path.of("../models/large.gguf");
    GgufFile known = GgufFile.read(file);
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    known
        .metadata()
        .forEach((key, value) -> metadata.put(key.replaceFirst("^qwen2\\.", "dream."), value));
    metadata.put("general.architecture", GgufValue.of("dream"));
    String copy = folder.resolve("other.gguf").toString();
    GgufWriter.write(
        Path.of(copy),
        metadata,
        known.tensors().stream()
            .map(
                tensor ->
                    TensorSource.of(
                        tensor.name(), tensor.shape(), tensor.type(), known.floats(tensor)))
            .toList());
    String traces =
        Files.writeString(
                folder.resolve("t.jsonl"), "{\"annotated\":\"1<bigmodel>2</bigmodel>3\"}\n")
            .toString();

    assertThat(run("tokenize", copy, "37").err()).contains("'dream'", "--unsafe-model");
    assertThat(run("tokenize", "--unsafe-model", copy, "37").err()).contains("a diffusion model");
    assertThat(run("stats", "--tokenizer", copy, traces).err()).contains("--unsafe-model");
    assertThat(run("stats", "--unsafe-model", "--tokenizer", copy, traces).err())
        .contains("a diffusion model");
    assertThat(run("stats", "--unsafe-model", traces).err()).contains("--tokenizer");
  }

  @Test
  void aModelOrAPairIsNeeded() {
    assertThat(run("tokenize").status()).isEqualTo(2);
    assertThat(run("tokenize", "chain-large", "a", "b").err()).contains("unexpected 'b'");
  }

  private static int count(String... arguments) {
    var words = new java.util.ArrayList<>(java.util.List.of("tokenize", "--json"));
    words.addAll(java.util.List.of(arguments));
    return run(words.toArray(String[]::new)).json().get("count").asInt();
  }
}
