package dev.splitreason.training.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares with TRL's loss; {@code src/test/golden/make_grpo_loss.py} made the figures. */
class PolicyLossTest {

  private static final JsonNode GOLDEN = golden();

  @ParameterizedTest
  @MethodSource("cases")
  void the_loss_and_its_gradient_are_those_of_trl(JsonNode expected) {
    try (PointerScope _ = new PointerScope()) {
      Tensor logProbs = flat(GOLDEN.path("log_probs")).requires_grad_(true);

      PolicyLoss.Value value = loss(expected).of(logProbs, actions(expected));
      value.loss().backward();

      assertThat(value.loss().item_double())
          .isCloseTo(expected.path("loss").asDouble(), within(1e-4));
      assertThat(value.clipped()).isCloseTo(expected.path("clipped").asDouble(), within(1e-6));
      assertThat(value.kl()).isCloseTo(expected.path("kl").asDouble(0), within(1e-4));
      assertThat(floats(logProbs.grad()))
          .containsExactly(floats(flat(expected.path("gradient"))), within(1e-4f));
    }
  }

  @Test
  void where_the_policy_is_still_the_sampled_one_nothing_is_clipped() {
    try (PointerScope _ = new PointerScope()) {
      Tensor logProbs = torch.tensor(-1f, -2f).requires_grad_(true);
      Tensor one = torch.tensor(1f, 1f);

      PolicyLoss.Value value =
          PolicyLoss.DEFAULT.of(
              logProbs, new PolicyLoss.Actions(logProbs.detach(), one, one, null));
      value.loss().backward();

      assertThat(value.clipped()).isZero();
      assertThat(value.loss().item_double()).isEqualTo(-2);
      assertThat(floats(logProbs.grad())).containsExactly(-1f, -1f);
    }
  }

  @Test
  void clips_that_turn_the_ratio_around_are_refused() {
    assertThatThrownBy(() -> new PolicyLoss(1.5, 0.2, 0)).hasMessageContaining("1.5, 0.2 and 0.0");
    assertThatThrownBy(() -> new PolicyLoss(0.2, -0.2, 0)).hasMessageContaining("-0.2");
    assertThatThrownBy(() -> new PolicyLoss(0.2, 0.2, Double.NaN)).hasMessageContaining("NaN");
  }

  static List<JsonNode> cases() {
    List<JsonNode> cases = new ArrayList<>();
    GOLDEN.path("cases").forEach(cases::add);
    return cases;
  }

  private static PolicyLoss loss(JsonNode expected) {
    return new PolicyLoss(
        expected.path("clip_low").asDouble(),
        expected.path("clip_high").asDouble(),
        expected.path("kl_weight").asDouble());
  }

  private static PolicyLoss.Actions actions(JsonNode expected) {
    Aggregation aggregation =
        Aggregation.valueOf(expected.path("aggregation").asString().toUpperCase(Locale.ROOT));
    List<Float> advantages = new ArrayList<>();
    int[] lengths = new int[GOLDEN.path("log_probs").size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = GOLDEN.path("log_probs").path(i).size();
      for (int j = 0; j < lengths[i]; j++) {
        advantages.add((float) GOLDEN.path("advantages").path(i).asDouble());
      }
    }
    float[] weights = aggregation.weights(lengths, GOLDEN.path("longest").asInt());
    return new PolicyLoss.Actions(
        flat(GOLDEN.path("sampled")),
        tensor(advantages),
        torch.tensor(weights),
        flat(GOLDEN.path("reference")));
  }

  private static Tensor flat(JsonNode ragged) {
    List<Float> values = new ArrayList<>();
    ragged.forEach(row -> row.forEach(value -> values.add((float) value.asDouble())));
    return tensor(values);
  }

  private static Tensor tensor(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return torch.tensor(floats);
  }

  private static float[] floats(Tensor tensor) {
    float[] floats = new float[(int) tensor.numel()];
    tensor.contiguous().data_ptr_float().get(floats);
    return floats;
  }

  private static JsonNode golden() {
    try (InputStream in = PolicyLossTest.class.getResourceAsStream("/golden/grpo_loss.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
