package dev.splitreason.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyChoiceTest {

  @ParameterizedTest
  @CsvSource({
    "learned:2, learned:+2",
    "learned:-0.5, learned:-0.5",
    "learned:+0, learned",
    "random:0.10, random:0.1",
    "SMALL, small"
  })
  void everySpellingOfAPolicyHasOneLabelThatReadsBack(String text, String label) {
    PolicyChoice choice = PolicyChoice.parse(text);

    assertThat(choice.label()).isEqualTo(label);
    assertThat(PolicyChoice.parse(label)).isEqualTo(choice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"learned:", "learned:much", "learned:1000", "random:2", "nonsense", ""})
  void whatIsNoPolicyIsNamed(String text) {
    assertThatThrownBy(() -> PolicyChoice.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void aPolicyNamedTwiceIsMeasuredOnce() {
    assertThat(PolicyChoice.parseList("learned, small,learned:0,small")).hasSize(2);
  }

  @Test
  void aUsualBiasIsForTheLearnedPolicyWithoutOneOfItsOwn() {
    assertThat(PolicyChoice.parse("learned").withUsualBias(2).label()).isEqualTo("learned:+2");
    assertThat(PolicyChoice.parse("learned:-1").withUsualBias(2).label()).isEqualTo("learned:-1");
    assertThat(PolicyChoice.parse("small").withUsualBias(2).label()).isEqualTo("small");
  }
}
