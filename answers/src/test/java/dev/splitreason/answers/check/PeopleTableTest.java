package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Answers as people and models write them: people.jsonl, and the solutions of GSM8K. */
class PeopleTableTest {

  private static final Path GSM8K = Path.of("../../shared/data/gsm8k-test.jsonl");

  @Test
  void allPairsAreJudgedAsTheTableSays() throws IOException {
    List<String> misjudged = new ArrayList<>();
    try (AnswerChecker checker = new AnswerChecker()) {
      for (Pair pair : Pair.all("people.jsonl")) {
        Verdict verdict = checker.check(pair.gold(), pair.answer());
        if (verdict.equal() != pair.equal()) {
          misjudged.add(verdict.method() + ": " + pair);
        }
      }
    }

    assertThat(misjudged).isEmpty();
  }

  @Test
  void itHasManyPairsOfBothVerdicts() throws IOException {
    List<Pair> pairs = Pair.all("people.jsonl");

    assertThat(pairs.stream().map(Pair::id).distinct()).hasSize(pairs.size());
    assertThat(pairs.stream().filter(Pair::equal)).hasSizeGreaterThan(250);
    assertThat(pairs.stream().filter(pair -> !pair.equal())).hasSizeGreaterThan(150);
  }

  /** Of the rest half states something else than its reference: cents, dozens, slips. */
  @Test
  void solutionsOfGsm8kStateTheirAnswersInTheirLastLine() throws IOException {
    assumeTrue(Files.exists(GSM8K), "no " + GSM8K);
    JsonMapper json = new JsonMapper();
    int right = 0;
    int problems = 0;
    try (AnswerChecker checker = new AnswerChecker()) {
      for (String line : Files.readAllLines(GSM8K)) {
        String solution = json.readTree(line).get("answer").asString();
        int mark = solution.indexOf("####");
        String prose = solution.substring(0, mark).replaceAll("<<[^<>]*>>", "");
        problems++;
        right += checker.check(solution.substring(mark + 4).strip(), prose).equal() ? 1 : 0;
      }
    }

    assertThat((double) right / problems).isGreaterThan(0.98);
  }
}
