package dev.splitreason.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  private static final List<String> KNOWN = List.of("small", "large", "span-cap", "top-k");

  @Test
  void suggestsTheNearestWord() {
    assertThat(Suggestion.after("span_cap", KNOWN)).isEqualTo("; did you mean 'span-cap'?");
    assertThat(Suggestion.after("smal", KNOWN)).isEqualTo("; did you mean 'small'?");
    assertThat(Suggestion.after("topk", KNOWN)).isEqualTo("; did you mean 'top-k'?");
  }

  @Test
  void suggestsNothingForAWordUnlikeAny() {
    assertThat(Suggestion.after("temperature", KNOWN)).isEmpty();
    assertThat(Suggestion.after("small", List.of())).isEmpty();
  }
}
