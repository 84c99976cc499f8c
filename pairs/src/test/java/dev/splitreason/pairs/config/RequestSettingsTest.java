package dev.splitreason.pairs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.pairs.config.RequestSettings.Decoding;
import dev.splitreason.pairs.config.RequestSettings.Draws;
import dev.splitreason.pairs.config.RequestSettings.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestSettingsTest {

  @Test
  void settingsThatSayNothingGiveTheDecodersDefaults() {
    assertThat(RequestSettings.NONE.toOptions()).isEqualTo(SplitOptions.DEFAULT);
  }

  @Test
  void strongerSettingsWinOneByOne() {
    RequestSettings stronger = settings(new Policy.SmallOnly(), null, 3L);
    RequestSettings weaker = settings(new Policy.LargeOnly(), 0.7, 4L);

    assertThat(stronger.over(weaker)).isEqualTo(settings(new Policy.SmallOnly(), 0.7, 3L));
  }

  @Test
  void everySettingReachesTheOptions() {
    SplitOptions options =
        new RequestSettings(
                new Decoding(new PolicyChoice(new Policy.SmallOnly(), 0), -2.0, true),
                new Draws(0.7, 40, 0.9, 0.05, 1.1, 5L),
                new Limits(99, Duration.ofSeconds(3), 0.1, 200))
            .toOptions();

    assertThat(options.policy()).isEqualTo(new Policy.SmallOnly());
    assertThat(options.maxOffloadRatio()).isEqualTo(0.1);
    assertThat(options.largeBudget()).isEqualTo(200);
    assertThat(options.offloadBias()).isEqualTo(-2);
    assertThat(options.sampling().temperature()).isEqualTo(0.7);
    assertThat(options.sampling().topK()).isEqualTo(40);
    assertThat(options.sampling().topP()).isEqualTo(0.9);
    assertThat(options.sampling().minP()).isEqualTo(0.05);
    assertThat(options.sampling().repetitionPenalty()).isEqualTo(1.1);
    assertThat(options.sampling().seed()).isEqualTo(5);
    assertThat(options.maxTokens()).isEqualTo(99);
    assertThat(options.timeBudget()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.pipelined()).isFalse();
  }

  @Test
  void aValueOutOfRangeIsWrongUse() {
    assertThatThrownBy(() -> settings(new Policy.Learned(), -1.0, null).toOptions())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("temperature")
        .hasMessageContaining("-1");
  }

  @Test
  void theBiasBehindAPolicyIsTheOffloadBias() {
    PolicyChoice eager = PolicyChoice.parse("learned:+2");
    var written = new RequestSettings(new Decoding(eager, null, null), Draws.NONE, Limits.NONE);
    var stronger = new RequestSettings(new Decoding(null, -1.0, null), Draws.NONE, Limits.NONE);

    assertThat(written.toOptions().offloadBias()).isEqualTo(2);
    assertThat(stronger.over(written).toOptions().offloadBias()).isEqualTo(-1);
    assertThat(written.over(stronger).toOptions().offloadBias()).isEqualTo(2);
    assertThatThrownBy(() -> new Decoding(eager, 1.0, null))
        .isInstanceOf(UserMistake.class)
        .hasMessage("use either an offload bias or the policy learned:+2");
  }

  private static RequestSettings settings(
      Policy policy, @Nullable Double temperature, @Nullable Long seed) {
    return new RequestSettings(
        new Decoding(new PolicyChoice(policy, 0), null, null),
        new Draws(temperature, null, null, null, null, seed),
        Limits.NONE);
  }
}
