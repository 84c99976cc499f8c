package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckRunTest {

  @TempDir Path folder;

  private final AnswerChecker checker = new AnswerChecker();
  private final List<CheckedPair> verdicts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  @AfterEach
  void close() {
    checker.close();
  }

  @Test
  void verdictsComeInTheOrderOfTheLinesHoweverLongEachTakes() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String answer = i % 7 == 0 ? "(x-1)(x+1)" : "5";
      lines.add("{\"id\":" + i + ",\"gold\":\"x^2-1\",\"answer\":\"" + answer + "\"}");
    }

    CheckSummary summary = run(4, String.join("\n", lines));

    assertThat(verdicts)
        .extracting(pair -> pair.id().asInt())
        .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
    assertThat(verdicts)
        .allSatisfy(pair -> assertThat(pair.equal()).isEqualTo(pair.id().asInt() % 7 == 0));
    assertThat(summary).isEqualTo(new CheckSummary(500, 72, 0));
  }

  @Test
  void numbersMayStandWithoutQuotes() throws Exception {
    run(1, "{\"id\":\"a\",\"gold\":0.5,\"answer\":\"1/2\"}");

    assertThat(verdicts).singleElement().matches(CheckedPair::equal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | is not valid JSON",
        "[1] | must be a JSON object",
        "{\"gold\":\"1\",\"answer\":\"1\"} | needs an \"id\" that is a string or a whole number",
        "{\"id\":1.5,\"gold\":\"1\",\"answer\":\"1\"} | needs an \"id\"",
        "{\"id\":1,\"answer\":\"1\"} | needs \"gold\" that is a string or a number",
        "{\"id\":1,\"gold\":\"1\",\"answer\":null} | needs \"answer\" that is a string or a number",
        "{\"id\":1,\"gold\":\"1\",\"answer\":[\"1\"]} | needs \"answer\" that is a string or a"
            + " number",
      })
  void aLineThatCannotBeUsedIsToldWithItsNumberAndSkipped(String line, String problem)
      throws Exception {
    String good = "{\"id\":1,\"gold\":\"1\",\"answer\":\"1\"}";

    CheckSummary summary = run(2, good + "\n\n" + line + "\n" + good);

    assertThat(problems).singleElement().asString().contains("pairs.jsonl line 3 " + problem);
    assertThat(summary).isEqualTo(new CheckSummary(2, 2, 1));
  }

  @Test
  void aMissingFileIsSaidSo() {
    CheckRun run = new CheckRun(checker, 1);
    assertThatThrownBy(() -> run.run(folder.resolve("no"), verdicts::add, problems::add))
        .isInstanceOf(NoSuchFileException.class);
  }

  private CheckSummary run(int parallel, String lines) throws IOException, InterruptedException {
    Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), lines);
    return new CheckRun(checker, parallel).run(pairs, verdicts::add, problems::add);
  }
}
