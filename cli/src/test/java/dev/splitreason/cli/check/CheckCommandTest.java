package dev.splitreason.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  private static final String PAIRS =
      """
      {"id":"a","gold":"\\\\frac{1}{2}","answer":"So it is \\\\boxed{0.5}."}
      {"id":7,"gold":"x^2-1","answer":"(x-1)(x+1)"}
      {"id":"c","gold":"5","answer":"6"}
      """;

  @TempDir Path folder;

  @Test
  void printsOneVerdictALineInTheOrderOfThePairs() throws Exception {
    Result run = check(PAIRS, "--json");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            {"id":"a","equal":true,"method":"numeric"}
            {"id":7,"equal":true,"method":"symbolic"}
            {"id":"c","equal":false,"method":"numeric"}
            """);
  }

  @Test
  void aFolderInPlaceOfAFileIsNamed() {
    Result run = CommandProcess.run("check", "--pairs", folder.toString());

    assertThat(run.err())
        .isEqualTo("splitreason: " + folder + ": is a directory, not a file of lines\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void countsForPeople() throws Exception {
    assertThat(check(PAIRS).out())
        .contains("different numeric      c\n")
        .endsWith("2 of 3 pairs are equal, 0 lines could not be used\n");
  }

  @Test
  void aMalformedLineIsToldWithItsNumberAndTheRestIsChecked() throws Exception {
    Result run = check("{\"id\":1,\"gold\":\"5\"}\nnonsense\n" + PAIRS, "--json");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.err())
        .contains("pairs.jsonl line 1 needs \"answer\" that is a string or a number")
        .contains("pairs.jsonl line 2 is not valid JSON");
  }

  @Test
  void aHostileExpressionCostsItsLimitAndTheNextPairIsChecked() throws Exception {
    String hostile = "{\"id\":\"h\",\"gold\":\"9^{9^{9^9}}\",\"answer\":\"9^{9^{9^9}}+1-1\"}\n";
    Result run = check(hostile + PAIRS, "--json", "--time-limit", "1s");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("{\"id\":\"h\",\"equal\":false,\"method\":\"limit\"}\n")
        .contains("{\"id\":7,\"equal\":true,\"method\":\"symbolic\"}");
  }

  @Test
  void withoutPairsTheUseIsWrong() throws Exception {
    assertThat(run("--json").status()).isEqualTo(2);
  }

  private Result check(String pairs, String... options) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("pairs.jsonl"), pairs);
    List<String> arguments = new ArrayList<>(List.of("--pairs", "pairs.jsonl"));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private Result run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("check"));
    arguments.addAll(List.of(options));
    return CommandProcess.runIn(folder, arguments.toArray(String[]::new));
  }
}
