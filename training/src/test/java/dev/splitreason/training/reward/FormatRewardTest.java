package dev.splitreason.training.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagSpelling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatRewardTest {

  private static final String GOOD = "1+<bigmodel>1</bigmodel>=2\n</think>\n<answer>2</answer>";
  private static final FormatReward OPENED = new FormatReward(true, TagSpelling.BIGMODEL);
  private static final FormatReward WHOLE = new FormatReward(false, TagSpelling.BIGMODEL);

  @Test
  void theWholeScaffoldWithPairedTagsIsWorthOne() {
    assertThat(OPENED.of(Completions.saying(GOOD))).isEqualTo(1);
    assertThat(WHOLE.of(Completions.saying(" <think>\n" + GOOD + "\n"))).isEqualTo(1);
  }

  @Test
  void whoOpensTheReasoningMatters() {
    assertThat(OPENED.of(Completions.saying("<think>\n" + GOOD))).isEqualTo(0.5);
    assertThat(WHOLE.of(Completions.saying(GOOD))).isEqualTo(0.5);
  }

  @Test
  void anAnswerThatWasCutOffIsNotScaffolded() {
    assertThat(OPENED.of(Completions.cutOff(GOOD))).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1+1=2",
        "1+1=2\n</think>\n<answer>2",
        "1+1=2\n</think>\nso\n<answer>2</answer>",
        "1+1=2\n</think>\n<answer>2</answer> indeed",
        "1+1=2\n</think></think>\n<answer>2</answer>",
        "1+1=2\n<answer>2</answer></think>",
      })
  void aBrokenScaffoldLeavesTheTagsHalf(String response) {
    assertThat(OPENED.of(Completions.saying(response))).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<bigmodel>1\n</think>\n<answer>2</answer>",
        "1</bigmodel>\n</think>\n<answer>2</answer>",
        "<bigmodel><bigmodel>1</bigmodel>\n</think>\n<answer>2</answer>",
        "<bigmodel><bigmodel>1</bigmodel></bigmodel>\n</think>\n<answer>2</answer>",
      })
  void unpairedOrNestedTagsLeaveTheScaffoldsHalf(String response) {
    assertThat(OPENED.of(Completions.saying(response))).isEqualTo(0.5);
  }
}
