package dev.splitreason.answers.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerCandidatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "5 cm; 5 cm",
        "First $3$. Then \\boxed{4}. I like 5.; 4",
        "We add 2 and 3. Thus there are $5$ ways, 1 more than 4.; 5",
        "it costs 2,350.75 in all; 2,350.75",
        "it is -3 there; -3",
        "it is 3/4 there; 3/4",
        "it is 12.5% there; 12.5%",
        "see X7B there; see X7B there",
        "3 hours 20 minutes; 3 hours 20 minutes",
        "\\boxed{3 hours 20 minutes}; 3 hours 20 minutes",
        "\\boxed{\\text{The maximum is }\\frac{1}{2}}; \\frac{1}{2}",
      })
  void theSurestPlaceComesFirst(String response, String first) {
    assertThat(values(response)).first().isEqualTo(first);
  }

  @Test
  void ofManyLinesTheLastOneThatStatesAValueCounts() {
    assertThat(values("We add 2 and 3.\nThus she makes **$18** every day.\nHope this helps!"))
        .first()
        .isEqualTo("18");
    assertThat(values("So it is\n\\[\n\\frac12\n\\]")).first().isEqualTo("\\[\n\\frac12\n\\]");
  }

  @Test
  void whatBreaksOffOrGivesUpHasNoCandidate() {
    assertThat(values("It is 3. So \\boxed{17")).isEmpty();
    assertThat(values("First we find 5.\nI was unable to finish.")).isEmpty();
  }

  @Test
  void aReferenceInWordsHasNoNumberOfItsOwn() {
    assertThat(AnswerCandidates.of("Two Gentlemen of Verona", true).values())
        .containsExactly("Two Gentlemen of Verona");
  }

  @Test
  void thePredicateOfASentenceMayBeAnAnswerInWords() {
    assertThat(AnswerCandidates.of("It is Tuesday.", false).phrases()).contains("Tuesday");
    assertThat(AnswerCandidates.of("No, it is not.", false).phrases()).contains("no");
    assertThat(AnswerCandidates.of("It is not Tuesday.", false).phrases())
        .doesNotContain("Tuesday");
  }

  private static List<String> values(String response) {
    return AnswerCandidates.of(response, false).values();
  }
}
