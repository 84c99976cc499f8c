package dev.splitreason.data.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.data.annotate.HardTokens.Compared;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.Span;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HardTokensTest {

  private static final String TEXT = "37*48=1776\n";
  private static final int[] ENDS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private static final double[] ADVANTAGE = {0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0};

  @Test
  void takesTheTokensWhereTheLargeModelIsSurer() {
    assertThat(texts(TEXT, new DivergenceOptions(0.5, 0.5, 1, SpanBorder.TOKEN)))
        .containsExactly("77");
  }

  @Test
  void widensToNumbersExpressionsAndSentences() {
    assertThat(texts(TEXT, new DivergenceOptions(0.5, 0.5, 1, SpanBorder.NUMBER)))
        .containsExactly("1776");
    assertThat(texts(TEXT, new DivergenceOptions(0.5, 0.5, 1, SpanBorder.SENTENCE)))
        .containsExactly("37*48=1776");
  }

  @Test
  void smoothingSpreadsAnAdvantage() {
    assertThat(texts(TEXT, new DivergenceOptions(0.3, 0.3, 3, SpanBorder.TOKEN)))
        .containsExactly("1776");
  }

  @Test
  void theScoreIsTheShareOfProbabilityTheSmallModelLacks() {
    var options = new DivergenceOptions(0.5, 0.5, 1, SpanBorder.TOKEN);
    ScoredSpan span = new HardTokens(options).spans(TEXT, compared(ENDS, ADVANTAGE)).getFirst();
    assertThat(span.score()).isEqualTo(1 - Math.exp(-1.5));
  }

  @Test
  void bytesBeyondAsciiKeepTheirCharacters() {
    String text = "a\ud83d\ude00b";
    var options = new DivergenceOptions(0.5, 0.5, 1, SpanBorder.TOKEN);
    List<ScoredSpan> spans =
        new HardTokens(options).spans(text, compared(new int[] {1, 5, 6}, new double[] {0, 2, 0}));
    assertThat(spans.getFirst().span()).isEqualTo(new Span(1, 3));
  }

  @Test
  void betweenTheLeastAndTheSureAdvantageNeighboursCountTogetherAndTheMoreOftenTheHarder() {
    var options = new DivergenceOptions(0.5, 8, 1, SpanBorder.TOKEN);
    int kept = 0;
    for (int i = 0; i < 1000; i++) {
      String text = "%02d*%02d=1776\n".formatted(i / 100, i % 100);
      List<ScoredSpan> spans = new HardTokens(options).spans(text, compared(ENDS, ADVANTAGE));
      assertThat(new HardTokens(options).spans(text, compared(ENDS, ADVANTAGE))).isEqualTo(spans);
      spans.forEach(span -> assertThat(span.span()).isEqualTo(new Span(7, 9)));
      kept += spans.size();
    }
    // ln(2 / 0.5) / ln(8 / 0.5) is a half; four standard deviations are 63.
    assertThat(kept).isBetween(437, 563);
  }

  @Test
  void aSureAdvantageBelowTheLeastOneIsRefused() {
    assertThatThrownBy(() -> new DivergenceOptions(0.5, 0.4, 1, SpanBorder.TOKEN))
        .hasMessage("the sure advantage must be at least the least one of 0.5, not 0.4");
  }

  @Test
  void ofTwoSpansWithTheSameAdvantageTheShorterIsWorthMore() {
    String text = "7 is it. A long sentence with 7.";
    int[] ends = text.chars().map(_ -> 1).toArray();
    Arrays.parallelPrefix(ends, Integer::sum);
    double[] advantage = new double[ends.length];
    advantage[0] = 2;
    advantage[30] = 2;
    List<ScoredSpan> spans =
        new HardTokens(new DivergenceOptions(0.5, 0.5, 1, SpanBorder.SENTENCE))
            .spans(text, compared(ends, advantage));
    assertThat(spans).hasSize(2);
    assertThat(spans.getFirst().score()).isEqualTo(1 - Math.exp(-2.0 / 8));
    assertThat(spans.getFirst().score()).isGreaterThan(spans.getLast().score());
  }

  @Test
  void styleIsWhatTheLargeModelMightHaveWrittenOtherwiseAndHowASentenceBegins() {
    String text = "So, it is 12.\n\n- Then 3 + 4\n";
    List<String> tokens =
        List.of("So", ",", " it", " is", " 12", ".\n\n", "-", " Then", " 3", " +", " 4", "\n");
    assertThat(String.join("", tokens)).isEqualTo(text);
    int[] offsets = new int[tokens.size() + 1];
    for (int i = 0; i < tokens.size(); i++) {
      offsets[i + 1] = offsets[i] + tokens.get(i).length();
    }
    double half = Math.log(0.5);
    double[] byLarge = {0, 0, half, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(Style.DISCOUNTED.weights(text, offsets, byLarge))
        .containsExactly(0, 0, 0.5, 1, 1, 0, 1, 0, 1, 1, 1, 0);
    assertThat(Style.COUNTS.weights(text, offsets, byLarge)).containsOnly(1);
  }

  /** Tokens of which the large model is sure. */
  private static Compared compared(int[] ends, double[] advantage) {
    return new Compared(ends, advantage, new double[ends.length]);
  }

  private static List<String> texts(String text, DivergenceOptions options) {
    return new HardTokens(options)
        .spans(text, compared(ENDS, ADVANTAGE)).stream()
            .map(span -> text.substring(span.start(), span.end()))
            .toList();
  }

  @Test
  void tokensWithOtherBordersShareTheirLogProbabilityByBytes() {
    var small = new TokenScores(new int[] {2, 4}, new float[] {-2, -1});
    var large = new TokenScores(new int[] {1, 4}, new float[] {-0.5f, -0.9f});
    assertThat(small.comparedWith(large).advantage())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(2 - 0.5 - 0.3, 1 - 0.6);
  }
}
