package dev.splitreason.data.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.TagWrapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetMatcherTest {

  private static final String TRACE =
      """
      Let me set this up. The hypotenuse is $c = \\sqrt{28^2 + 96^2} = 100$.

      For a right triangle the inradius is half of the legs' sum minus the hypotenuse, so
      $r = \\frac{28 + 96 - 100}{2} = 12$. The area agrees: $\\frac{1344}{112} = 12$.
      """;

  private final SnippetMatcher matcher = new SnippetMatcher(MatchOptions.DEFAULT);

  @Test
  void aVerbatimSnippetIsFoundExactlyWithScoreOne() {
    assertThat(found(TRACE, "\\frac{28 + 96 - 100}{2}")).isEqualTo("\\frac{28 + 96 - 100}{2}");
    assertThat(only(TRACE, "\\frac{28 + 96 - 100}{2}").score()).isEqualTo(1);
  }

  @Test
  void spaceCaseAndLatexSpacingDoNotCount() {
    ScoredSpan span = only(TRACE, "THE hypotenuse is\n\n$c=\\sqrt{28^2\\,+\\;96^2}=100$");
    assertThat(textOf(TRACE, span)).isEqualTo("The hypotenuse is $c = \\sqrt{28^2 + 96^2} = 100$");
    assertThat(span.score()).isEqualTo(1);
  }

  @Test
  void lookAlikesAndSignsForLatexCommandsDoNotCount() {
    String text = "so 3 \\times 4 \\leq x_1 – the “naïve” bound, and that's it";
    ScoredSpan span = only(text, "3 × 4 ≤ x_1 - the \"nai\u0308ve\" bоund");
    assertThat(textOf(text, span)).isEqualTo("3 \\times 4 \\leq x_1 – the “naïve” bound");
    assertThat(span.score()).isEqualTo(1);
  }

  @Test
  void aDroppedWordCostsItsLetters() {
    ScoredSpan span = only(TRACE, "the inradius is half of the sum minus the hypotenuse");
    assertThat(textOf(TRACE, span))
        .isEqualTo("the inradius is half of the legs' sum minus the hypotenuse");
    assertThat(span.score()).isCloseTo(1 - 5.0 / 43, within(1e-9));
  }

  @Test
  void bordersOfAnAlteredSnippetGoToTheEdgesOfWords() {
    assertThat(found(TRACE, "inradius iz half of the legs' sum minus the hypoten"))
        .isEqualTo("inradius is half of the legs' sum minus the hypotenuse");
  }

  @Test
  void anEllipsisInTheMiddleCoversWhatWasLeftOut() {
    ScoredSpan span = only(TRACE, "For a right triangle the inradius ... {28 + 96 - 100}{2} = 12$");
    assertThat(textOf(TRACE, span))
        .startsWith("For a right triangle")
        .endsWith("\\frac{28 + 96 - 100}{2} = 12$");
    assertThat(span.score()).isEqualTo(1);
  }

  @Test
  void anEllipsisAtTheEndIsIgnored() {
    assertThat(found(TRACE, "The hypotenuse is $c = …")).isEqualTo("The hypotenuse is $c =");
  }

  @Test
  void anEllipsisThatStandsInTheTextIsPartOfIt() {
    assertThat(found("sum 1, 2, ..., n and 1, 2 done n", "1,2,...,n")).isEqualTo("1, 2, ..., n");
  }

  @Test
  void partsFarApartAreNotOneSnippet() {
    String text = "the quick brown fox " + "lorem ipsum ".repeat(100) + "jumps over the lazy dog";
    assertThat(
            matcher.match(text, List.of("the quick brown fox ... jumps over the lazy dog")).spans())
        .isEmpty();
  }

  @Test
  void anotherTextIsNotFound() {
    String snippet = "We now apply the pigeonhole principle to the residues of the sequence";
    assertThat(matcher.match(TRACE, List.of(snippet)))
        .isEqualTo(new Matching(List.of(), List.of(snippet)));
  }

  @Test
  void aShortSnippetMustBeThereUnaltered() {
    assertThat(matcher.match("so x = 15 here", List.of("x = 25")).unmatched())
        .containsExactly("x = 25");
    assertThat(found("so x = 15 here", "x=15")).isEqualTo("x = 15");
  }

  @Test
  void blankSnippetsAndEmptyTextsMatchNothing() {
    assertThat(matcher.match(TRACE, List.of("", " \n", "\\,")).unmatched()).hasSize(3);
    assertThat(matcher.match("", List.of("anything at all")).unmatched()).hasSize(1);
  }

  @Test
  void equalSnippetsTakeEqualPlacesFromLeftToRight() {
    String text = "So it is 12. " + "Nothing here. ".repeat(2) + "So it is 12. ";
    assertThat(matcher.match(text, List.of("it is 12", "it is 12")).spans())
        .containsExactly(new ScoredSpan(3, 11, 1), new ScoredSpan(44, 52, 1));
  }

  @Test
  void oneSnippetTooManyTakesAPlaceAgain() {
    assertThat(matcher.match("So it is 12.", List.of("it is 12", "it is 12")))
        .isEqualTo(new Matching(List.of(new ScoredSpan(3, 11, 1)), List.of()));
  }

  @Test
  void spansTenUnitsApartAreMergedAndElevenAreNot() {
    assertThat(matcher.match("alpha0123456789bravo", List.of("bravo", "alpha")).spans())
        .containsExactly(new ScoredSpan(0, 20, 1));
    assertThat(matcher.match("alpha0123456789abravo", List.of("bravo", "alpha")).spans())
        .containsExactly(new ScoredSpan(0, 5, 1), new ScoredSpan(16, 21, 1));
  }

  @Test
  void aMergedSpanHasTheLowestScore() {
    List<ScoredSpan> spans =
        matcher.match("one two three four", List.of("one two thrae", "four")).spans();
    assertThat(spans).singleElement().extracting(ScoredSpan::score).isEqualTo(1 - 1.0 / 11);
  }

  @Test
  void bordersNeverCutACommandATagOrACharacter() {
    assertThat(found("so \\alphabeta + 1", "beta + 1")).isEqualTo("\\alphabeta + 1");
    assertThat(found("end\\\\frac", "frac")).isEqualTo("frac");
    assertThat(found("it is done</think> now", "think> now")).isEqualTo("</think> now");
    assertThat(found("a \ud83d\ude00 smile", "\ude00 smile")).isEqualTo("\ud83d\ude00 smile");
    assertThat(found("cafe\u0301 au lait", "cafe")).isEqualTo("cafe\u0301");
  }

  @Test
  void newSpansGoAroundTaggedOnes() {
    String text = "we get <bigmodel>37*48=17</bigmodel>76 and more";
    Matching matching = matcher.match(text, List.of("we get 37*48=1776"));
    assertThat(new TagWrapper(MatchOptions.DEFAULT.tags()).wrap(text, matching.places()))
        .isEqualTo(
            "<bigmodel>we get </bigmodel><bigmodel>37*48=17</bigmodel><bigmodel>76</bigmodel>"
                + " and more");
  }

  @Test
  void theTagsOfThePublishedDataSetAreTagsToo() {
    String text = "we get <bigmodel>37*48<\\bigmodel>=1776";
    assertThat(found(text, "37*48=1776")).isEqualTo("=1776");
    assertThat(new TagWrapper(MatchOptions.DEFAULT.tags()).strip(text))
        .isEqualTo("we get 37*48=1776");
  }

  @Test
  void aSnippetLongerThanOneMachineWordIsFoundInALongText() {
    String filler = "Hold on, did I use the right sign there? ";
    String hard =
        "Fermat's little theorem gives $2^{12} \\equiv 1 \\pmod{13}$, so $2^{343} \\equiv 2^7$, ";
    String text = filler.repeat(1200) + hard.repeat(3) + filler.repeat(1200);
    ScoredSpan span = only(text, hard.repeat(3).replace("little ", "").strip());
    assertThat(textOf(text, span)).isEqualTo(hard.repeat(3).strip());
  }

  private ScoredSpan only(String text, String snippet) {
    List<ScoredSpan> spans = matcher.match(text, List.of(snippet)).spans();
    assertThat(spans).hasSize(1);
    return spans.getFirst();
  }

  private String found(String text, String snippet) {
    return textOf(text, only(text, snippet));
  }

  private static String textOf(String text, ScoredSpan span) {
    return text.substring(span.start(), span.end());
  }
}
