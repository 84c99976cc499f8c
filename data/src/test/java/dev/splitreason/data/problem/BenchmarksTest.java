package dev.splitreason.data.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.source.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarksTest {

  @TempDir private Path folder;

  @Test
  void chainProblemsAreTheSameForTheSameSeed() throws IOException {
    Benchmark named = Benchmarks.load("chain:5", ProblemColumns.USUAL, 1, 3);
    Benchmark seeded = Benchmarks.load("chain", ProblemColumns.USUAL, 5, 3);

    assertThat(named.problems()).isEqualTo(seeded.problems()).hasSize(3);
  }

  @Test
  void aProblemFileIsReadByItsUsualColumns() throws IOException {
    Path file =
        write("p.jsonl", "{\"id\":\"a\",\"problem\":\"At what time?\",\"answer\":\"3:30\"}\n");

    assertThat(load(file.toString()))
        .containsExactly(new Problem("a", "At what time?", "3:30", null));
  }

  @Test
  void columnsCanBeNamed() throws IOException {
    Path file = write("p.csv", "q,gold\nOne and one?,2\n");
    var columns = new ProblemColumns(null, "q", "gold", null);

    assertThat(Benchmarks.load(file.toString(), columns, 0, 0).problems())
        .containsExactly(new Problem("row-1", "One and one?", "2", null));
  }

  @Test
  void gsm8kAnswersAreWhatFollowsTheMark() throws IOException {
    Path file =
        write("g.jsonl", "{\"question\":\"How many?\",\"answer\":\"3*4=12\\n#### 1,012\"}\n");

    assertThat(load("gsm8k:" + file))
        .containsExactly(new Problem("row-1", "How many?", "1,012", null));
  }

  @Test
  void gpqaChoicesAreShuffledAndTheLetterGoesWithTheRightOne() throws IOException {
    Path file =
        write(
            "gpqa.csv",
            "Record ID,Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect"
                + " Answer 3\n"
                + "r1,Which?,yes,no,maybe,never\nr2,Which?,yes,no,maybe,never\n"
                + "r3,Which?,yes,no,maybe,never\nr4,Which?,yes,no,maybe,never\n");

    List<Problem> problems = load("gpqa-diamond:" + file);

    assertThat(problems)
        .allSatisfy(
            problem ->
                assertThat(problem.text())
                    .containsPattern("\n" + problem.answer() + "\\) yes(\n|$)"));
    assertThat(problems).extracting(Problem::answer).doesNotContainSequence("A", "A", "A", "A");
  }

  @Test
  void publishedProblemsAreAskedAsTheirLeaderboardsAsk() throws IOException {
    Path math = write("m.jsonl", "{\"unique_id\":\"a\",\"problem\":\"P?\",\"answer\":\"1\"}\n");
    Path school = write("g.jsonl", "{\"question\":\"Q?\",\"answer\":\"one\\n#### 1\"}\n");
    Path choices =
        write(
            "c.csv",
            "Record ID,Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect"
                + " Answer 3\nr1,W?,yes,no,maybe,never\n");

    assertThat(asked("math-500:" + math, Shots.NONE))
        .startsWith("Solve the following math problem efficiently and clearly.  The last line")
        .contains("'Therefore, the final answer is: $\\boxed{ANSWER}$. I hope it is correct'")
        .endsWith("Think step by step before answering.\n\nP?");
    assertThat(asked("gsm8k:" + school, Shots.NONE))
        .isEqualTo("Q?\n\nPlease reason step by step, and put your final answer within \\boxed{}.");
    assertThat(asked("gpqa-diamond:" + choices, Shots.NONE))
        .startsWith("Answer the following multiple choice question. The last line")
        .contains("'Answer: $LETTER'", "\n\nW?\n\nA) ");
  }

  @Test
  void workedExamplesStandBeforeTheQuestion() throws IOException {
    Path test = write("g.jsonl", "{\"question\":\"Q?\",\"answer\":\"one\\n#### 1\"}\n");
    Path train =
        write(
            "t.jsonl",
            """
            {"question":"T1?","answer":"a\\n#### 2"}
            {"question":"T2?","answer":"b\\n#### 3"}
            """);

    assertThat(asked("gsm8k:" + test, new Shots(2, train)))
        .isEqualTo(
            "Question: T1?\nAnswer: a\n#### 2\n\nQuestion: T2?\nAnswer: b\n#### 3\n\n"
                + "Question: Q?\nAnswer:");
    assertThatThrownBy(() -> asked("gsm8k:" + test, new Shots(3, train)))
        .hasMessageContaining("has 2");
    assertThatThrownBy(() -> asked(test.toString(), new Shots(1, train)))
        .hasMessageContaining("--shots");
    assertThatThrownBy(() -> new Shots(1, null)).hasMessageContaining("--shots-from");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":60,\"problem\":\"P?\",\"solution\":\"s\",\"answer\":\"204\",\"url\":\"u\",\"year\":2024}",
        "{\"ID\":60,\"Problem\":\"P?\",\"Solution\":\"s\",\"Answer\":204}",
        "{\"id\":60,\"problem\":\"P?\",\"solution\":\"\\\\boxed{204}\",\"url\":\"u\"}",
        "{\"id\":60,\"question\":\"P?\",\"answer\":\"204\"}",
        "{\"problem_idx\":60,\"problem\":\"P?\",\"answer\":204}"
      })
  void aimeIsReadInEveryLayoutThatItIsPublishedIn(String row) throws IOException {
    Path file = write("a.jsonl", row + "\n");

    assertThat(load("aime24:" + file)).containsExactly(new Problem("60", "P?", "204", null));
  }

  @Test
  void gpqaMayHaveItsChoicesInTheQuestion() throws IOException {
    Path file =
        write("c.jsonl", "{\"problem\":\"W?\\nA. no\\nB. yes\",\"solution\":\"\\\\boxed{B}\"}\n");

    assertThat(load("gpqa-diamond:" + file))
        .containsExactly(new Problem("row-1", "W?\nA. no\nB. yes", "B", null));
  }

  private static String asked(String spec, Shots shots) throws IOException {
    return Benchmarks.asked(spec, ProblemColumns.USUAL, 1, 0, shots).problems().getFirst().text();
  }

  @Test
  void quotedTextsOfACsvFileMayHoldAnything() throws IOException {
    String question = "One;\ntwo, \"three\";\tfour?";
    Path file =
        write("q.csv", "id,question,answer\na,\"" + question.replace("\"", "\"\"") + "\",007\n");

    assertThat(load(file.toString())).containsExactly(new Problem("a", question, "007", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aime24", "aime25", "math-500", "gsm8k", "gpqa-diamond"})
  void aPublishedBenchmarkSaysInOneLineWhatToDownload(String name) {
    assertThatThrownBy(() -> load(name))
        .hasMessageContaining("Hugging Face data set")
        .hasMessageContaining("--benchmark " + name + ":FILE")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aProblemOfMessagesIsWhatTheUserAsks() throws IOException {
    Path file =
        write(
            "m.jsonl",
            """
            {"id":1.50,"prompt":[{"role":"system","content":"s"},\
            {"role":"user","content":[{"type":"text","text":"1+"},{"type":"text","text":"1?"}]}],\
            "answer":"3:30"}
            """);

    assertThat(load(file.toString())).containsExactly(new Problem("1.50", "1+1?", "3:30", null));
  }

  @Test
  void anObjectIsNoProblem() throws IOException, SQLException {
    Path lines = write("o.jsonl", "{\"problem\":{\"text\":\"1+1?\"},\"answer\":{\"v\":2}}\n");
    Path table = folder.resolve("o.parquet");
    try (Connection connection = Duck.open(folder);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT {'text': '1+1?'} AS problem, {'v': 2} AS answer) TO "
              + Duck.quote(table.toString()));
    }
    for (Path file : List.of(lines, table)) {
      assertThatThrownBy(() -> load(file.toString()))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("row 1: the column 'problem' holds an object");
    }
  }

  /** As of a set with pictures: the question is in a column of its own. */
  @Test
  void nestedColumnsThatAreNoTextMatterOnlyWhereTheyAreNeeded() throws IOException, SQLException {
    String picture = "[{\"type\":\"image\",\"url\":\"a.png\"}]";
    String messages = "[{\"role\":\"user\",\"content\":" + picture + "}]";
    String row =
        "{\"%s\":\"1+1?\",\"answer\":\"2\",\"messages\":%s,\"parts\":%s,\"meta\":{\"k\":[1]}}\n";
    Path lines = write("n.jsonl", row.formatted("problem", messages, picture));
    Path table = folder.resolve("n.parquet");
    try (Connection connection = Duck.open(folder);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT '1+1?' AS problem, '2' AS answer, [{'type': 'image', 'url': 'a.png'}] AS"
              + " parts, [{'role': 'user', 'content': [{'type': 'image', 'url': 'a.png'}]}] AS"
              + " messages) TO "
              + Duck.quote(table.toString()));
    }
    for (Path file : List.of(lines, table)) {
      assertThat(load(file.toString()))
          .singleElement()
          .satisfies(problem -> assertThat(problem.text()).isEqualTo("1+1?"));
    }

    Path needed =
        write("m.jsonl", row.formatted("other", messages, picture).replace("messages", "problem"));
    assertThatThrownBy(() -> load(needed.toString()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("row 1: the column 'problem' holds an object or a list");
  }

  @Test
  void halfASurrogatePairIsToldWithItsLine() throws IOException {
    String row = "{\"id\":\"%s\",\"problem\":\"%s\",\"answer\":\"1\"}\n";
    Path file = write("s.jsonl", row.formatted("a", "q") + row.formatted("b", "\\ud83d"));

    assertThatThrownBy(() -> load(file.toString())).hasMessageContaining("s.jsonl, line 2");
  }

  @Test
  void anIdThatRepeatsIsToldWithBothPlaces() throws IOException {
    String row = "{\"id\":\"a\",\"problem\":\"1+1\",\"answer\":\"2\"}\n";
    Path file = write("p.jsonl", row + row.replace("\"a\"", "\"b\"") + row);

    assertThatThrownBy(() -> load(file.toString()))
        .isInstanceOf(UserMistake.class)
        .hasMessage(file + ", row 3: repeats the id 'a' of row 1; give each problem its own");
    assertThat(Benchmarks.load(file.toString(), ProblemColumns.USUAL, 0, 2).problems()).hasSize(2);
  }

  @Test
  void whatIsWrongWithAFileIsSaidWithItsPlace() throws IOException {
    Path broken = write("broken.jsonl", "{\"problem\":\"x\",\"answer\":\"1\"}\n\n{\"problem\":\n");
    Path incomplete = write("incomplete.jsonl", "{\"problem\":\"x\"}\n");
    Path twice = write("twice.jsonl", "{\"id\":1,\"problem\":\"x\",\"answer\":\"1\"}\n".repeat(2));

    assertThatThrownBy(() -> load(broken.toString())).hasMessageContaining("line 3");
    assertThatThrownBy(() -> load(incomplete.toString())).hasMessageContaining("no answer");
    assertThatThrownBy(() -> load(twice.toString())).hasMessageContaining("the id '1'");
    assertThatThrownBy(() -> load("nowhere.jsonl")).hasMessageContaining("nowhere.jsonl");
    assertThatThrownBy(() -> load("chain:x")).hasMessageContaining("'x'");
  }

  private static List<Problem> load(String spec) throws IOException {
    return Benchmarks.load(spec, ProblemColumns.USUAL, 1, 0).problems();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
