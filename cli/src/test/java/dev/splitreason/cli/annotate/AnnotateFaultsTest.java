package dev.splitreason.cli.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.data.source.Duck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AnnotateFaultsTest {

  private static final int TRACES = 200;

  @TempDir private Path folder;

  @BeforeEach
  void writeTraces() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < TRACES; i++) {
      lines.append(
          "{\"id\":\"t%d\",\"text\":\"%s<bigmodel>%d</bigmodel>.\"}%n"
              .formatted(i, "Nothing is hard here. ".repeat(20), i));
    }
    Files.writeString(folder.resolve("t.jsonl"), lines.toString());
  }

  @Test
  void aFileThatIsNotThereIsOneLine() {
    assertFailure(run("--output", "out.jsonl", "no.jsonl"), "no.jsonl");
    assertFailure(
        run("--output", "no/out.jsonl", "t.jsonl"), "the folder of no/out.jsonl does not exist");
  }

  @Test
  void aFileThatCannotBeReadIsOneLine() throws IOException {
    Path secret = Files.copy(folder.resolve("t.jsonl"), folder.resolve("secret.jsonl"));
    assumeFalse(OS.WINDOWS.isCurrentOs(), "files have no permission bits");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(secret), "this user may read everything");
    assertFailure(run("--output", "out.jsonl", "secret.jsonl"), "secret.jsonl");
  }

  @Test
  void aColumnThatIsNotThereIsOneLineThatNamesTheOthers() {
    assertFailure(
        run("--output", "out.jsonl", "--trace-column", "cot", "t.jsonl"),
        "there is no column 'cot' for the trace; the columns are id, text");
  }

  @Test
  void aFilterThatIsNoneIsWrongUse() {
    assertOneLine(
        run("--output", "out.jsonl", "--filter", "lenght(text) > 1", "t.jsonl"),
        2,
        "--filter is no condition on the columns");
  }

  @Test
  void aParquetFileCutShortIsOneLineAndLeavesTheOutputAlone() throws IOException {
    assertThat(run("--output", "whole.parquet", "t.jsonl").status()).isZero();
    byte[] whole = Files.readAllBytes(folder.resolve("whole.parquet"));
    Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("out.jsonl"), "old");

    assertFailure(run("--output", "out.jsonl", "cut.parquet"), "cut.parquet");
    assertThat(folder.resolve("out.jsonl")).hasContent("old");
  }

  @Test
  void anOddRowIsToldWithItsLineAndTheOthersStayAsTheyWere() throws IOException {
    String lines = Files.readString(folder.resolve("t.jsonl"));
    Files.writeString(
        folder.resolve("odd.jsonl"), lines + "{\"id\":5,\"problem\":[\"a\"],\"text\":{\"x\":1}}\n");

    assertThat(run("--output", "good.jsonl", "t.jsonl").status()).isZero();
    Result odd = run("--output", "out.jsonl", "odd.jsonl");

    assertThat(odd.status()).isZero();
    assertThat(odd.err())
        .contains(
            "left out: odd.jsonl, line 201 holds an object in the column 'text' where text"
                + " belongs");
    assertThat(odd.out()).contains("\"skipped\":1");
    assertThat(folder.resolve("out.jsonl")).hasSameTextualContentAs(folder.resolve("good.jsonl"));
  }

  @Test
  void anOutputThatIsAnInputIsRefusedAndStaysAsItWas() throws IOException {
    String before = Files.readString(folder.resolve("t.jsonl"));
    Files.createSymbolicLink(folder.resolve("link.jsonl"), Path.of("t.jsonl"));

    assertOneLine(run("--sample", "2", "--output", "t.jsonl", "t.jsonl"), 2, "that is read");
    assertOneLine(run("--sample", "2", "--output", "t.jsonl", "*.jsonl"), 2, "that is read");
    assertOneLine(run("--sample", "2", "--output", "link.jsonl", "t.jsonl"), 2, "that is read");

    assertThat(folder.resolve("t.jsonl")).hasContent(before);
    assertThat(folder.resolve("t.jsonl.journal")).doesNotExist();
  }

  @Test
  void anOutputThatIsALinkIsWrittenThrough() throws IOException {
    Path real = folder.resolve("real.jsonl");
    Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), real);
    assertThat(run("--output", "link.jsonl", "t.jsonl").status()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(real).content().contains("<bigmodel>0</bigmodel>");
  }

  @Test
  void standardOutputGetsTheRowsAndNothingElse() {
    Result result = run("--output", "/dev/stdout", "--sample", "3", "t.jsonl");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .hasSize(3)
        .allSatisfy(row -> assertThat(row).startsWith("{\"row\":").contains("<bigmodel>"));
    assertThat(result.err()).contains("\"rows\":3");
    assertThat(folder).isDirectoryNotContaining("glob:**journal*");
  }

  @Test
  void aNamedPipeIsWrittenThrough() throws Exception {
    assumeFalse(OS.WINDOWS.isCurrentOs(), "there are no named pipes");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(run("--output", "./pipe", "--sample", "3", "t.jsonl").status()).isZero();

    assertThat(read.get(60, TimeUnit.SECONDS)).hasLineCount(3);
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void anIdThatRepeatsGetsNoSnippetsAndIsToldWithBothPlaces() throws IOException {
    Files.writeString(
        folder.resolve("twice.jsonl"),
        "{\"id\":\"a\",\"text\":\"x 1\"}\n{\"id\":\"a\",\"text\":\"y 1\"}\n");
    Files.writeString(folder.resolve("s.jsonl"), "{\"id\":\"a\",\"snippets\":[\"x 1\"]}\n");

    Result result =
        CommandProcess.runIn(
            folder,
            "annotate",
            "--annotator",
            "replay",
            "--snippets",
            "s.jsonl",
            "--output",
            "o.jsonl",
            "twice.jsonl");

    assertThat(result.err()).contains("annotate: row 2 repeats the id of twice.jsonl, line 1");
    assertThat(result.out()).contains("1 annotated", "1 malformed", "repeats the id 'a' of");
  }

  @Test
  void aFewKilobytesThatExpandToGigabytesAreOneLine() throws Exception {
    try (Connection connection = Duck.open(folder);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT repeat('a', 1000000) AS text FROM range(5000)) TO "
              + Duck.quote(folder.resolve("bomb.parquet").toString()));
    }

    assertFailure(run("--output", "o.jsonl", "bomb.parquet"), "bomb.parquet expands to");
  }

  @Test
  void wrongUseExitsWithTwo() {
    assertOneLine(run("--output", "out.csv", "t.jsonl"), 2, ".parquet or .jsonl, not out.csv");
    assertOneLine(run("--output", "o.jsonl", "--snippets", "s", "t.jsonl"), 2, "replay, not tags");
    assertOneLine(run("--output", "o.jsonl", "--sample", "0", "t.jsonl"), 2, "--sample");
    assertOneLine(llm(), 2, "needs --endpoint URL#MODEL");
    assertOneLine(llm("--endpoint", "localhost", "--model", "m"), 2, "not localhost");
    assertOneLine(
        llm("--endpoint", "http://localhost/v1", "--model", "m", "--api-key-env", "NO_SUCH_KEY"),
        2,
        "the environment variable NO_SUCH_KEY is not set");
    assertOneLine(
        llm("--endpoint", "http://localhost/v1", "--model", "m", "--money-budget", "1"),
        2,
        "needs --prompt-price");
  }

  private Result llm(String... more) {
    List<String> words = new ArrayList<>(List.of("annotate", "--annotator", "llm"));
    words.addAll(List.of(more));
    words.addAll(List.of("--output", "out.jsonl", "t.jsonl"));
    return CommandProcess.runIn(folder, words.toArray(String[]::new));
  }

  private Result run(String... more) {
    return CommandProcess.runIn(folder, arguments(more));
  }

  private static String[] arguments(String... more) {
    List<String> words = new ArrayList<>(List.of("annotate", "--annotator", "tags", "--json"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static void assertFailure(Result result, String message) {
    assertOneLine(result, 1, message);
  }

  private static void assertOneLine(Result result, int status, String message) {
    assertThat(result.err()).contains(message);
    assertThat(result.err().lines().filter(line -> line.startsWith("splitreason: "))).hasSize(1);
    assertThat(result.err().lines().filter(line -> !line.startsWith("annotate: "))).hasSize(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(status);
  }
}
