package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.models.completions.CompletionCreateParams;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.openai.CompletionRequests.Told;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said to a server, so that no default of its own decides. */
class CompletionRequestsTest {

  private static final int[] PROMPT = {1, 2, 3};

  @ParameterizedTest
  @EnumSource(
      value = ServerKind.class,
      names = {"VLLM", "SGLANG", "LLAMA_SERVER"})
  void noPenaltyOfTheServersOwnApplies(ServerKind kind) {
    var requests = new CompletionRequests("m", kind);
    String repetition = kind == ServerKind.LLAMA_SERVER ? "repeat_penalty" : "repetition_penalty";
    for (CompletionCreateParams request :
        List.of(
            requests.greedy(CompletionRequests.ofIds(PROMPT, 3), 1),
            requests.scored(PROMPT, 1),
            drawn(requests, Sampling.GREEDY),
            drawn(requests, Sampling.at(0.7, 1)))) {
      assertThat(request.presencePenalty()).hasValue(0.0);
      assertThat(request.frequencyPenalty()).hasValue(0.0);
      assertThat(request.temperature()).isPresent();
      assertThat(beside(request)).containsEntry(repetition, JsonValue.from(1.0));
    }
  }

  @Test
  void whatIsAskedForIsSaid() {
    var requests = new CompletionRequests("m", ServerKind.VLLM);
    CompletionCreateParams request =
        drawn(requests, new Sampling(0.6, 20, 0.95, 0.1, 1.2, 1, Map.of()));

    assertThat(request.temperature()).hasValue(0.6);
    assertThat(request.topP()).hasValue(0.95);
    assertThat(beside(request))
        .containsEntry("top_k", JsonValue.from(20))
        .containsEntry("min_p", JsonValue.from(0.1))
        .containsEntry("repetition_penalty", JsonValue.from(1.2));
  }

  @Test
  void aServerThatKnowsOpenAisOptionsOnlyIsToldNoOthers() {
    var requests = new CompletionRequests("m", ServerKind.OTHER);

    assertThat(drawn(requests, Sampling.at(0.7, 1)).presencePenalty()).isEmpty();
    assertThat(beside(drawn(requests, Sampling.at(0.7, 1)))).containsOnlyKeys("return_token_ids");
  }

  private static CompletionCreateParams drawn(CompletionRequests requests, Sampling sampling) {
    return requests.drawn(CompletionRequests.ofIds(PROMPT, 3), 9, sampling, 3, Told.IDS);
  }

  private static Map<String, JsonValue> beside(CompletionCreateParams request) {
    return request._additionalBodyProperties();
  }
}
