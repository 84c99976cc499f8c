package dev.splitreason.cli.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchCommandTest {

  @TempDir Path folder;

  @BeforeEach
  void writeInputs() throws IOException {
    Files.writeString(
        folder.resolve("t.jsonl"), "{\"id\":\"a\",\"text\":\"so 37*48=1776 then\"}\n");
    Files.writeString(
        folder.resolve("s.jsonl"), "{\"id\":\"a\",\"snippets\":[\"37 * 48 = 1776\"]}\n");
  }

  @Test
  void writesTaggedTracesAndPrintsTheSummaryAsOneJsonDocument() throws Exception {
    Result run =
        run("--traces", "t.jsonl", "--snippets", "s.jsonl", "--output", "o.jsonl", "--json");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo("{\"traces\":1,\"snippets\":1,\"unmatched\":0,\"spans\":1,\"problems\":0}\n");
    assertThat(folder.resolve("o.jsonl"))
        .content()
        .contains("so <bigmodel>37*48=1776</bigmodel> then");
  }

  @Test
  void aLineThatCannotBeUsedIsToldAndTheRestIsWritten() throws Exception {
    Files.writeString(folder.resolve("s.jsonl"), "{\"id\":\"b\",\"snippets\":[]}\n");
    Result run = run("--traces", "t.jsonl", "--snippets", "s.jsonl", "--output", "o.jsonl");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("s.jsonl line 1 has snippets for 'b', but there is no such trace");
    assertThat(folder.resolve("o.jsonl")).content().contains("\"id\":\"a\"");
  }

  @Test
  void aMissingFileIsOneLine() throws Exception {
    Result run = run("--traces", "no.jsonl", "--snippets", "s.jsonl", "--output", "o.jsonl");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().filter(line -> line.startsWith("splitreason: ")))
        .singleElement()
        .asString()
        .contains("no.jsonl");
    assertThat(folder.resolve("o.jsonl")).doesNotExist();
  }

  @Test
  void wrongUseExitsWithTwo() throws Exception {
    assertThat(run("--traces", "t.jsonl").status()).isEqualTo(2);
    assertThat(
            run(
                    "--traces",
                    "t.jsonl",
                    "--snippets",
                    "s.jsonl",
                    "--output",
                    "o.jsonl",
                    "--threshold",
                    "7")
                .status())
        .isEqualTo(2);
  }

  @Test
  void anOutputThatIsAnInputIsRefusedAndStaysAsItWas() throws Exception {
    Files.createSymbolicLink(folder.resolve("link.jsonl"), Path.of("s.jsonl"));
    String traces = Files.readString(folder.resolve("t.jsonl"));
    String snippets = Files.readString(folder.resolve("s.jsonl"));
    for (String output : List.of("t.jsonl", "./t.jsonl", "s.jsonl", "link.jsonl")) {
      Result run = run("--traces", "t.jsonl", "--snippets", "s.jsonl", "--output", output);
      assertThat(run.status()).as(output).isEqualTo(2);
      assertThat(run.err()).contains("--output is a file that is read, ");
    }
    assertThat(folder.resolve("t.jsonl")).hasContent(traces);
    assertThat(folder.resolve("s.jsonl")).hasContent(snippets);
  }

  @Test
  void anOutputThatIsALinkIsWrittenThrough() throws Exception {
    Path real = folder.resolve("real.jsonl");
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), real);
    for (int i = 0; i < 2; i++) {
      Result run = run("--traces", "t.jsonl", "--snippets", "s.jsonl", "--output", "link.jsonl");
      assertThat(run.status()).isZero();
      assertThat(link).isSymbolicLink();
      assertThat(real).content().contains("<bigmodel>37*48=1776</bigmodel>");
    }
  }

  @Test
  void theProcesssOwnOutputCanBeTheOutput() {
    Result run = run("--traces", "t.jsonl", "--snippets", "s.jsonl", "--output", "/dev/stdout");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .singleElement()
        .asString()
        .contains("<bigmodel>37*48=1776</bigmodel>");
    assertThat(run.err()).contains("1 of 1 snippets found");
  }

  private Result run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("match"));
    arguments.addAll(List.of(options));
    return CommandProcess.runIn(folder, arguments.toArray(String[]::new));
  }
}
