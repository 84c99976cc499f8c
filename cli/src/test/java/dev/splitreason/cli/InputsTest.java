package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.run;
import static dev.splitreason.cli.CommandProcess.runWithInput;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read is the same to every command, packed, on standard input or with odd line ends. */
class InputsTest {

  /** A mark of the byte order, DOS's line ends, an empty line, Unicode's line separator. */
  private static final String ODD =
      "\ufeff{\"id\":\"a\",\"gold\":\"2\",\"answer\":\"2\","
          + "\"problem\":\"1+1?\",\"text\":\"x\u2028=<bigmodel>2</bigmodel>\",\"snippets\":[\"x\"]}\r\n\r\n";

  private static final byte[] BYTES = ODD.getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void theHyphenIsStandardInputToEveryCommand() {
    assertThat(runWithInput(BYTES, "check", "--json", "--pairs", "-").out())
        .isEqualTo("{\"id\":\"a\",\"equal\":true,\"method\":\"exact\"}\n");
    assertThat(runWithInput(BYTES, "show", "--id", "a", "-").out()).contains("x\u2028=⟦2⟧");
    Result evaluated =
        runWithInput(BYTES, "eval", "--json", "--policies", "small", "--benchmark", "-");
    assertThat(evaluated.json().at("/results/0/problems").asInt()).as(evaluated.err()).isOne();
  }

  @Test
  void aRowOnStandardInputIsNamed() {
    byte[] broken = (ODD + "{").getBytes(StandardCharsets.UTF_8);

    assertThat(runWithInput(broken, "check", "--pairs", "-").err()).startsWith("stdin line 3 ");
    assertThat(runWithInput(broken, "stats", "-").err()).startsWith("splitreason: stdin, line 3 ");
  }

  @Test
  void aPackedFileIsReadByEveryCommand() throws IOException {
    Path file = folder.resolve("odd.jsonl.gz");
    try (var packing = new GZIPOutputStream(Files.newOutputStream(file))) {
      packing.write(BYTES);
    }
    String packed = file.toString();

    assertThat(run("check", "--json", "--pairs", packed).out()).contains("\"equal\":true");
    assertThat(run("stats", "--json", packed).json().at("/all/with_spans").asInt()).isOne();
    assertThat(
            run("match", "--traces", packed, "--snippets", packed, "--output", "/dev/stdout").out())
        .contains("<bigmodel>x</bigmodel>");
    Result evaluated = run("eval", "--json", "--policies", "small", "--benchmark", packed);
    assertThat(evaluated.json().at("/results/0/problems").asInt()).as(evaluated.err()).isOne();
  }
}
