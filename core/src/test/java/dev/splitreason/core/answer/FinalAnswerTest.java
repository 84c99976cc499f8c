package dev.splitreason.core.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagSpelling;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalAnswerTest {

  @Test
  void theBundledPairsAnswerIsInItsBox() {
    String response =
        """
        <think>
        37*48=1<bigmodel>77</bigmodel>6
        76+29=05
        </think>
        <answer>
        \\boxed{05}
        </answer>
        """;

    assertThat(FinalAnswer.of(response)).isEqualTo("05");
  }

  @ParameterizedTest
  @CsvSource({
    "'\\boxed{1} so \\boxed{2}.', 2",
    "'\\boxed{\\frac{1}{2}}', '\\frac{1}{2}'",
    "'\\boxed{ \\{1, 2\\} }', '\\{1, 2\\}'",
    "'\\boxed{a \\\\ b}', 'a \\\\ b'",
    "'\\boxed {7}', 7",
    "'\\boxed{x=\\boxed{3}}', 3",
    "'\\boxed{3} then \\boxed{4', 3",
    "'{ \\boxed{3} } }', 3",
    "'\\boxed{3}. Put it in \\boxed{}.', 3",
    "'\\boxed{<bigmodel>20</bigmodel>}', 20",
    "'\\box<bigmodel>ed{2</bigmodel>0}', 20",
  })
  void theLastBalancedBoxCounts(String response, String answer) {
    assertThat(FinalAnswer.of(response)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "'<answer>1</answer> no, <answer> 2 </answer>', 2",
    "'<answer>1</answer> no, <answer> 2', 1",
    "'</think><answer>4{</answer>', '4{'",
  })
  void withoutABoxTheLastAnswerBlockCounts(String response, String answer) {
    assertThat(FinalAnswer.of(response)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "'<think>6*7</think> It is 42. ', It is 42.",
    "'a</think>b</think>c', c",
    "'</answer>x</think>y', y",
    "' It is 42. ', It is 42.",
    "'<think>cut off', '<think>cut off'",
    "'thought</think> ', 'thought</think>'",
    "' ', ''",
  })
  void withoutEitherWhatFollowsTheReasoningCounts(String response, String answer) {
    assertThat(FinalAnswer.of(response)).isEqualTo(answer);
  }

  @Test
  void tagsOfAnotherSpellingAreRemovedToo() {
    assertThat(FinalAnswer.of("\\boxed{[4]2}", new TagSpelling("[", "]"))).isEqualTo("42");
  }

  @Property
  void anyBalancedContentOfTheLastBoxIsGivenBack(
      @ForAll("balanced") String content, @ForAll("balanced") String before) {
    assertThat(FinalAnswer.of("\\boxed{" + before + "} { \\boxed{" + content + "x}}"))
        .isEqualTo((content + "x").strip());
  }

  @Test
  void hostileResponsesTakeNoLongerThanTheirLength() {
    int many = 1_000_000;

    assertThat(FinalAnswer.of("\\boxed{".repeat(many))).hasSize(7 * many);
    assertThat(FinalAnswer.of("\\boxed{".repeat(many) + "}".repeat(many))).startsWith("\\boxed{}");
    assertThat(FinalAnswer.of("\\boxed" + " ".repeat(many) + "{".repeat(many) + "}".repeat(many)))
        .hasSize(2 * many - 2);
    assertThat(FinalAnswer.of("</answer>".repeat(many))).hasSize(9 * many);
  }

  @Provide
  Arbitrary<String> balanced() {
    return Arbitraries.lazyOf(
        () ->
            Arbitraries.of(
                "a", " ", "\\{", "\\}", "\\\\", "\\frac", "<answer>", "</think>", "\\boxed", "é"),
        () -> balanced().map(inner -> "f{" + inner + "}"),
        () -> balanced().list().ofMaxSize(3).map(parts -> String.join(" ", parts)));
  }
}
