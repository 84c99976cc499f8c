package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.sampling.Sampling;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopLogProbsTest {

  private static final int[] NOTHING = {};

  private final TopLogProbs likeliest =
      new TopLogProbs(new int[] {900, 7, 30}, new float[] {-1.2f, -0.5f, -3f});

  @Test
  void whatIsNotToldCountsAsOneToken() {
    var half = new TopLogProbs(new int[] {1, 2}, new float[] {log(0.5), log(0.25)});
    var certain = new TopLogProbs(new int[] {1}, new float[] {0.0005f});

    assertThat(half.entropy()).isCloseTo(1.5 * Math.log(2), within(1e-6));
    assertThat(certain.entropy()).isZero();
  }

  private static float log(double probability) {
    return (float) Math.log(probability);
  }

  @Test
  void theLikeliestIsDrawnGreedily() {
    assertThat(likeliest.draw(Sampling.GREEDY, 5, NOTHING)).isEqualTo(7);
  }

  @Test
  void aForbiddenTokenIsNotDrawn() {
    assertThat(likeliest.draw(Sampling.GREEDY.forbidding(7).forbidding(12345), 5, NOTHING))
        .isEqualTo(900);
  }

  @Test
  void aTokenThatWasUsedLatelyIsPenalised() {
    var penalised = new Sampling(0, 0, 1, 0, 9, 0, Map.of());

    assertThat(likeliest.draw(penalised, 5, new int[] {7, 4})).isEqualTo(900);
  }

  @Test
  void aDrawAtATemperatureDependsOnSeedAndPositionAlone() {
    Sampling sampling = Sampling.at(1, 3);

    assertThat(likeliest.draw(sampling, 5, NOTHING))
        .isEqualTo(likeliest.draw(sampling, 5, new int[] {1, 2}))
        .isIn(900, 7, 30);
  }

  @Test
  void bothSpellingsAreRead() throws JsonProcessingException {
    var json = new JsonMapper();
    TopLogProbs ofPrompt =
        TopLogProbs.ofPrompt(
            json.readTree("{\"7\":{\"logprob\":-0.5,\"rank\":1},\"9\":{\"logprob\":-2}}"));
    TopLogProbs ofCompletion =
        TopLogProbs.ofCompletion(json.readTree("{\"token_id:7\":-0.5,\"token_id:9\":-2}"));

    assertThat(ofPrompt.ids()).containsExactly(7, 9);
    assertThat(ofCompletion.ids()).containsExactly(7, 9);
    assertThat(ofPrompt.logProb(9)).isEqualTo(-2f);
    assertThatThrownBy(() -> ofCompletion.logProb(8)).isInstanceOf(ModelException.class);
  }
}
