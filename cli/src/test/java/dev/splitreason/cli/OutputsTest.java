package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.QUESTION;
import static dev.splitreason.cli.CommandProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a result goes is looked at before any work is done for it, by one rule. */
class OutputsTest {

  @TempDir private Path folder;
  private Path traces;

  @BeforeEach
  void aTrace() throws IOException {
    traces = Files.writeString(folder.resolve("t.jsonl"), "{\"id\":\"a\",\"text\":\"1+1=2\"}\n");
  }

  @Test
  void aFolderThatIsAFileIsNamed() throws IOException {
    String file = Files.createFile(folder.resolve("empty.txt")).toString();

    assertFails(run("eval", "--limit", "1", "--output", file), file + ": is a file, not a folder");
    assertFails(run("train", "pretrain", "--output", file + "/a/b"), "is a file, not a folder");
  }

  @Test
  void theMissingFolderOfAFileIsFoundBeforeTheWork() {
    String missing = folder.resolve("no/such.jsonl").toString();
    String said = "the folder of " + missing + " does not exist; create it first";

    assertFails(run("profile", "-o", missing), said);
    assertFails(run("ask", "--trace", missing, QUESTION), said);
    assertFails(run("data", "chain", "--limit", "9999999999", "-o", missing), said);
    assertFails(annotated(missing), said);
    assertFails(matched(missing), said);
    assertFails(run("stats", "--html", missing, traces.toString()), said);
    assertThat(folder).isDirectoryNotContaining("glob:**no*");
  }

  @Test
  void aFolderInAFilesPlaceIsFoundBeforeTheWork() {
    assertFails(run("profile", "--output", folder.toString()), folder + " is a folder");
  }

  @Test
  void standardOutputIsNoFileForAnyCommand() {
    assertWrongUse(run("data", "chain", "--limit", "1", "--output", "-"), "'-' (standard output)");
    assertWrongUse(matched("-"), "'-' (standard output)");
    assertWrongUse(run("eval", "--limit", "1", "--output", "-"), "'-' (standard output)");
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void theProcesssOwnOutputAsAFileGetsTheRowsAlone() {
    Result result = run("data", "chain", "--limit", "2", "--output", "/dev/stdout");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":"));
  }

  @Test
  void nothingIsWrittenUnderTheNameOfACompressedFile() {
    String packed = folder.resolve("o.jsonl.gz").toString();

    assertWrongUse(run("data", "chain", "--limit", "1", "--output", packed), "not compressed");
    assertWrongUse(matched(packed), "not compressed");
    assertThat(Path.of(packed)).doesNotExist();
  }

  @Test
  void aMissingFileAndAnEmptyOneAreFailuresWhoeverReadsThem() throws IOException {
    String missing = folder.resolve("no.jsonl").toString();
    String empty = Files.createFile(folder.resolve("empty.jsonl")).toString();
    String run = folder.resolve("no-run").toString();

    assertFails(run("eval", "--benchmark", missing), "no such file: " + missing);
    assertFails(run("eval", "--benchmark", "math-500:" + missing), "no file '" + missing);
    assertFails(run("simulate", "--traces", missing, "--prompt-tokens", "9"), "no such file");
    assertFails(run("simulate", "--profile", missing), "no such file: " + missing);
    assertFails(run("check", "--pairs", missing), "no such file: " + missing);
    assertFails(run("report", run), "no such file: " + run);
    assertFails(run("eval", "--benchmark", empty), "empty.jsonl");
    assertFails(run("check", "--pairs", empty), "empty.jsonl holds no lines");
    assertFails(matched(empty, folder.resolve("o.jsonl").toString()), "empty.jsonl holds no lines");
    assertFails(run("simulate", "--traces", empty, "--prompt-tokens", "9"), "has no traces");
  }

  private Result annotated(String output) {
    return run("annotate", "--annotator", "tags", "--output", output, traces.toString());
  }

  private Result matched(String output) {
    return matched(traces.toString(), output);
  }

  private static Result matched(String input, String output) {
    return run("match", "--traces", input, "--snippets", input, "--output", output);
  }

  private static void assertFails(Result result, String said) {
    assertSays(result, 1, said);
  }

  private static void assertWrongUse(Result result, String said) {
    assertSays(result, 2, said);
  }

  private static void assertSays(Result result, int status, String said) {
    assertThat(result.err()).contains(said).hasLineCount(1);
    assertThat(result.status()).isEqualTo(status);
  }
}
