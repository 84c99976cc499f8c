package dev.splitreason.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
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
    assertThat(Policy.parse("glimpse:1.5")).isEqualTo(new FirstTokenEntropy(1.5));
    assertThat(Policy.parse("cues")).isEqualTo(ReflectionCues.USUAL);
    assertThat(Policy.parse("cues:Wait|so")).isEqualTo(new ReflectionCues(List.of("wait", "so")));
    assertThat(Policy.parse("judged:0.5")).isEqualTo(new StepScoring(0.5));
    assertThat(Policy.parse("route:0.5")).isEqualTo(new QuestionRouting(0.5, 16));
    assertThat(Policy.parse("route:0.5:8")).isEqualTo(new QuestionRouting(0.5, 8));
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
        "entropy:1e999",
        "glimpse",
        "glimpse:-1",
        "cues:",
        "cues:wait|",
        "judged:NaN",
        "judged:1:2",
        "route:-1",
        "route:1:0"
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
