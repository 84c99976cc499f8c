package dev.splitreason.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  @Test
  void namesArePolicies() {
    assertThat(Policy.parse("learned")).isEqualTo(new Policy.Learned());
    assertThat(Policy.parse(" Small ")).isEqualTo(new Policy.SmallOnly());
    assertThat(Policy.parse("LARGE")).isEqualTo(new Policy.LargeOnly());
    assertThat(Policy.parse("random:0.1")).isEqualTo(new Policy.RandomSwitching(0.1, 1));
    assertThat(Policy.parse("random:0.1:32")).isEqualTo(new Policy.RandomSwitching(0.1, 32));
    assertThat(Policy.parse("entropy:1.5")).isEqualTo(new Policy.Entropy(1.5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "learn",
        "learned:1",
        "random",
        "random:",
        "random:x",
        "random:NaN",
        "random:-0.1",
        "random:1.01",
        "random:0.1:",
        "random:0.1:0",
        "random:0.1:-3",
        "random:0.1:2.5",
        "random:0.1:1e3",
        "random:0.1:99999999999",
        "random:0.1:2:3",
        "entropy",
        "entropy:-1",
        "entropy:NaN",
        "entropy:1e999"
      })
  void anythingElseIsRefusedInOneLine(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policy.parse(text))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @Property
  void aLabelIsReadAsThePolicyItIsOf(
      @ForAll @DoubleRange(max = 1) double probability,
      @ForAll @IntRange(min = 1) int chunk,
      @ForAll @DoubleRange(max = Double.MAX_VALUE) double threshold) {
    Policy random = new Policy.RandomSwitching(probability, chunk);
    Policy entropy = new Policy.Entropy(threshold);

    assertThat(Policy.parse(random.label())).isEqualTo(random);
    assertThat(Policy.parse(entropy.label())).isEqualTo(entropy);
  }
}
