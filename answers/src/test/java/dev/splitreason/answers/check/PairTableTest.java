package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of judged pairs, pairs.jsonl: what counts as equal, and why where graders differ. */
class PairTableTest {

  private static final Path PAGE = Path.of("../docs/checking-answers.md");

  @Test
  void atLeast98PercentAreJudgedAsTheTableSays() throws IOException {
    List<Pair> pairs = Pair.all();
    List<String> misjudged = new ArrayList<>();
    try (AnswerChecker checker = new AnswerChecker()) {
      for (Pair pair : pairs) {
        Verdict verdict = checker.check(pair.gold(), pair.answer());
        if (verdict.equal() != pair.equal()) {
          misjudged.add(pair.id());
          System.out.println("misjudged by " + verdict.method() + ": " + pair);
        }
      }
    }

    assertThat(misjudged).hasSizeLessThanOrEqualTo(pairs.size() / 50);
    String page = Files.readString(PAGE);
    assertThat(misjudged).allSatisfy(id -> assertThat(page).contains("`" + id + "`"));
  }

  @Test
  void itHasAtLeast300DifferentPairsAndManyThatAreNotEqual() throws IOException {
    List<Pair> pairs = Pair.all();
    Set<List<String>> different = new HashSet<>();
    pairs.forEach(pair -> different.add(List.of(pair.gold(), pair.answer())));

    assertThat(different).hasSize(pairs.size()).hasSizeGreaterThanOrEqualTo(300);
    assertThat(pairs.stream().map(Pair::id).distinct()).hasSize(pairs.size());
    assertThat(pairs.stream().filter(pair -> !pair.equal()).count()).isGreaterThan(90);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "integer",
        "decimal",
        "fraction",
        "percent",
        "scientific",
        "thousands",
        "unit",
        "set",
        "list",
        "tuple",
        "interval",
        "plus-minus",
        "matrix",
        "inequality",
        "equation",
        "choice",
        "text",
        "expression",
        "complex",
        "base",
        "ratio",
        "response",
        "spelling",
        "hostile"
      })
  void everyKindHasPairsOfBothVerdicts(String kind) throws IOException {
    List<Pair> ofKind = Pair.all().stream().filter(pair -> pair.kind().equals(kind)).toList();

    assertThat(ofKind).hasSizeGreaterThanOrEqualTo(4);
    assertThat(ofKind).extracting(Pair::equal).contains(true, false);
  }
}
