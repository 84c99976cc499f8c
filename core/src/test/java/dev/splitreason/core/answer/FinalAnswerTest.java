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
    "'\\(\\boxed{1}\\) and \\(\\boxed{-2}\\).', '1, -2'",
    "'$\\boxed{1}, \\boxed{2} \\text{ or } \\boxed{3}$', '1, 2, 3'",
    "'\\boxed{4} papers and \\boxed{7} bins', '4, 7'",
    "'$x = \\boxed{1}$ and $y = \\boxed{2}$', '1, 2'",
    "'\\boxed{5}, that is \\boxed{5}', 5",
    "'\\boxed{5} is wrong, it is \\boxed{6}', 6",
    "'\\boxed{5}. And \\boxed{6}', 6",
  })
  void boxesThatMakeUpOneAnswerAreGivenTogether(String response, String answer) {
    assertThat(FinalAnswer.of(response)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "'\\boxed{3} then \\boxed{4'",
    "'\\boxed{3}. Final: \\boxed{}'",
    "'\\boxed{3}. So the answer is \\boxed'",
    "'<think>\\boxed{3}, but let me check'",
    "'<think>a</think>\\boxed{3}<think>or'",
  })
  void anAnswerThatBreaksOffOrIsLeftEmptyIsMissing(String response) {
    assertThat(FinalAnswer.find(response).strength()).isEqualTo(FinalAnswer.Strength.MISSING);
    assertThat(FinalAnswer.marked(response)).isNull();
    assertThat(FinalAnswer.of(response)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'\\boxed{3}, put in \\boxed{} as asked', BOXED",
    "'The answer is 3.', STATED",
    "'<answer>3</answer>', STATED",
    "'<answer>3', STATED",
    "'<think>hm <answer>3</answer>', STATED",
    "'It is 3.', UNMARKED",
    "'<think>\\boxed{3}</think>It is 4.', UNMARKED",
  })
  void howSureTheAnswerIsIsTold(String response, FinalAnswer.Strength strength) {
    assertThat(FinalAnswer.find(response).strength()).isEqualTo(strength);
  }

  @ParameterizedTest
  @CsvSource({
    "'The answer is 18, so we are done.', 18",
    "'The answer is 18, as required.', 18",
    "'The answer is $18$, where $n > 2$.', $18$",
    "'The answer is \\(x + y, so to say\\).', '\\(x + y, so to say\\)'",
    "'The final answer is **18**!', 18",
    "'The final answer is $34\\text{ sq. units}$.', '$34\\text{ sq. units}$'",
    "'The answer is 2, and so is the other.', 2",
    "'The answer is $2$, and $3$.', '$2$, and $3$'",
    "'答案是18。', 18",
    "'故选：A', A",
  })
  void aStatementEndsWithItsClause(String response, String answer) {
    assertThat(FinalAnswer.marked(response)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "'#### Step 2: multiply\n9*2=18 a day.', ''",
    "'#### 2. Multiply\n9*2=18 a day.', ''",
    "'#### Final answer\n18', 18",
    "'## Answer\n\n18', 18",
    "'**Final Answer**\n\n\\[ 18 \\]', '\\[ 18 \\]'",
    "'#### 18 dollars\nBye', 18 dollars",
    "'#### Monday', Monday",
  })
  void headingsAreNoAnswersUnlessTheySaySo(String response, String answer) {
    String marked = FinalAnswer.marked(response.replace("\\n", "\n"));

    assertThat(marked == null ? "" : marked).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"The answer is not 18.", "The answer isn't 18.", "The final answer is not 18."})
  void aDenialMarksNothing(String response) {
    assertThat(FinalAnswer.marked(response)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'The final answer is $5$. I hope it is correct.', '$5$'",
    "'**Answer:** Tuesday', Tuesday",
    "'**Final Answer**: (B)', (B)",
    "'So the answer is 3.5 because 7/2 is 3.5.', 3.5",
    "'The answer is 3. No, the answer is 4.', 4",
    "'48 + 24 = 72 clips.\n#### 72', 72",
    "'The answer is not 3. So the correct choice is (C).', (C)",
    "'The final answer is\n\\[ \\frac12. \\]', '\\[ \\frac12. \\]'",
    "'\\boxed 17', 17",
  })
  void whatIsStatedAsTheAnswerIsMarkedToo(String response, String answer) {
    assertThat(FinalAnswer.marked(response.replace("\\n", "\n"))).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "'The first part gives \\boxed{85}. The final answer is $915$.', '$915$'",
    "'It is \\boxed{85}. I am sure the final answer is correct.', 85",
  })
  void aFinalFormulaBehindTheBoxCorrectsIt(String response, String answer) {
    assertThat(FinalAnswer.marked(response)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "'<think>\\boxed{3}</think><answer>4</answer>', 4",
    "'<think>\\boxed{3}</think>It is \\boxed{4}.', 4",
    "'<think>\\boxed{3}</think>It is four.', 3",
    "'<answer>It is \\boxed{4}.</answer> \\boxed{5}', 4",
  })
  void marksBehindTheReasoningComeBeforeMarksWithin(String response, String answer) {
    assertThat(FinalAnswer.marked(response)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"It is 42.", "'<think>6*7</think> It is 42.'", "'\\boxed{4'", "' '"})
  void aResponseMayMarkNoAnswer(String response) {
    assertThat(FinalAnswer.marked(response)).isNull();
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
    assertThat(FinalAnswer.of("\\boxed{".repeat(many) + "}".repeat(many))).hasSize(8 * many);
    assertThat(FinalAnswer.of("\\boxed" + " ".repeat(many) + "{".repeat(many) + "}".repeat(many)))
        .hasSize(2 * many - 2);
    assertThat(FinalAnswer.of("</answer>".repeat(many))).hasSize(9 * many);
    assertThat(FinalAnswer.of("answer" + " ".repeat(many) + ".")).hasSize(many + 7);
    assertThat(FinalAnswer.of("the answer is ".repeat(many))).hasSizeLessThan(14 * many);
    assertThat(FinalAnswer.of("\\boxed{1}, ".repeat(many))).isEqualTo("1");
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
