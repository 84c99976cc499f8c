package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import dev.splitreason.engine.openai.ScoringCosts.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways of looking at a run, beside each other and beside the file that is served. */
class RunScoringTest {

  private static final int LIKELIEST = 20;

  private static final Map<ServerSpelling, ModelServer> SERVERS =
      new EnumMap<>(ServerSpelling.class);

  @SuppressWarnings("NullAway.Init")
  private static LanguageModel large;

  @SuppressWarnings("NullAway.Init")
  private static int[] prompt;

  @SuppressWarnings("NullAway.Init")
  private static int[] run;

  @BeforeAll
  static void serve() throws IOException {
    large = BundledModels.load("large.gguf");
    for (ServerSpelling spelling : ServerSpelling.values()) {
      SERVERS.put(spelling, new ModelServer(spelling, Map.of("large", large)));
    }
    Tokenizer vocabulary = Objects.requireNonNull(large.tokenizer());
    prompt = vocabulary.tokenizeWithControl("<think>\n37*48");
    // With tokens in it that are none of the likeliest there.
    run = vocabulary.tokenize("=1776\n76+29=05 Give Start");
  }

  @AfterAll
  static void close() {
    SERVERS.values().forEach(ModelServer::close);
  }

  private static OpenAiModel connect(ServerSpelling spelling) {
    return OpenAiModel.connect(
        OpenAiOptions.of(Objects.requireNonNull(SERVERS.get(spelling)).url(), "large"));
  }

  /** A server that cannot score refuses; what it does instead is the session's contract. */
  @ParameterizedTest
  @EnumSource(ServerSpelling.class)
  void whateverIsDrawnIsDrawnEitherWay(ServerSpelling spelling) throws InterruptedException {
    List<Sampling> samplings =
        List.of(
            Sampling.GREEDY,
            Sampling.GREEDY.forbidding(run[0]),
            Sampling.at(1.5, 7),
            Sampling.at(4, 11).forbidding(run[1]));
    ModelServer server = Objects.requireNonNull(SERVERS.get(spelling));
    try (OpenAiModel model = connect(spelling);
        Session session = model.open()) {
      if (!model.capabilities().scoring()) {
        assertThat(server.prefixesAnswered() + server.promptsScored()).isZero();
        return;
      }
      session.append(prompt);
      for (Sampling sampling : samplings) {
        int whole = server.promptsScored();
        int each = server.prefixesAnswered();
        // The costs are not known yet: first the one way, then the other.
        Scores first = scoreAndForget(session, sampling);
        Scores second = scoreAndForget(session, sampling);
        if (sampling.equals(samplings.getFirst())) {
          assertThat(server.promptsScored()).isEqualTo(whole + 1);
          assertThat(server.prefixesAnswered()).isEqualTo(each + run.length + 1);
        }

        assertThat(second.drawn()).isEqualTo(first.drawn()).hasSize(run.length + 1);
      }
    }
  }

  @Test
  void theLikeliestAreTheSameEitherWay() {
    try (OpenAiModel model = connect(ServerSpelling.VLLM)) {
      int[] ids = concat(prompt, run);
      for (int most : List.of(1, 3, LIKELIEST)) {
        var requests = new CompletionRequests("large", ServerKind.VLLM);
        List<TopLogProbs> whole =
            model.scoring().look(Way.WHOLE_PROMPT, requests, ids, prompt.length, most);
        List<TopLogProbs> each =
            model.scoring().look(Way.EACH_PREFIX, requests, ids, prompt.length, most);

        assertThat(whole).hasSize(run.length + 1);
        assertThat(each).hasSize(run.length + 1);
        for (int i = 0; i <= run.length; i++) {
          TopLogProbs likeliest = whole.get(i).likeliest(most);
          assertThat(each.get(i).likeliest(most).ids()).isEqualTo(likeliest.ids()).hasSize(most);
          assertThat(each.get(i).likeliest(most).logProbs())
              .usingComparatorWithPrecision(1e-4f)
              .containsExactly(likeliest.logProbs());
        }
      }
    }
  }

  @Test
  void drawsOfASeedAreThoseAmongTheLikeliestOfTheFile() throws InterruptedException {
    Sampling sampling = new Sampling(1.5, LIKELIEST, 1, 0, 1, 7, Map.of());
    try (OpenAiModel model = connect(ServerSpelling.VLLM);
        Session session = model.open();
        Session ours = large.open()) {
      session.append(prompt);
      ours.append(prompt);

      int[] drawn = ours.score(run, ScoreRequest.ofDraws(sampling)).drawn();

      List<int[]> served = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        served.add(scoreAndForget(session, sampling).drawn());
      }
      assertThat(served).containsOnly(drawn);
    }
  }

  @Test
  void theProbabilityOfAnUnlikelyTokenIsAskedOfTheWholePrompt() throws InterruptedException {
    ModelServer server = Objects.requireNonNull(SERVERS.get(ServerSpelling.VLLM));
    try (OpenAiModel model = connect(ServerSpelling.VLLM);
        Session session = model.open();
        Session ours = large.open()) {
      session.append(prompt);
      ours.append(prompt);
      int each = server.prefixesAnswered();
      float[] expected = ours.score(run, ScoreRequest.ofLogProbs()).logProbs();
      for (int i = 0; i < 3; i++) {
        float[] served = session.score(run, ScoreRequest.ofLogProbs()).logProbs();
        session.truncate(prompt.length);
        assertThat(served).usingComparatorWithPrecision(1e-4f).containsExactly(expected);
      }
      assertThat(server.prefixesAnswered()).isEqualTo(each);
    }
  }

  @Test
  void whatComesNextIsOneRequestThatRidesOnTheCache() throws InterruptedException {
    ModelServer server = Objects.requireNonNull(SERVERS.get(ServerSpelling.VLLM));
    try (OpenAiModel model = connect(ServerSpelling.VLLM);
        Session session = model.open()) {
      session.append(prompt);
      int whole = server.promptsScored();
      int each = server.prefixesAnswered();
      session.score(new int[0], ScoreRequest.ofDraws(Sampling.GREEDY));

      assertThat(server.promptsScored()).isEqualTo(whole);
      assertThat(server.prefixesAnswered()).isEqualTo(each + 1);
    }
  }

  @Test
  void aServerThatLosesAPromptIsNotBelieved() {
    assertThatThrownBy(
            () ->
                Completions.all(
                    new JsonMapper().readTree("{\"choices\":[{\"index\":1},{\"index\":1}]}"),
                    2,
                    new ServerErrors(OpenAiOptions.of("http://here/v1", "m"))))
        .hasMessageContaining("http://here/v1#m");
  }

  private static Scores scoreAndForget(Session session, Sampling sampling)
      throws InterruptedException {
    Scores scores = session.score(run, ScoreRequest.ofDraws(sampling));
    session.truncate(prompt.length);
    return scores;
  }

  private static int[] concat(int[] one, int[] other) {
    int[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
