package dev.splitreason.training.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.training.grpo.ActionLogProbs;
import dev.splitreason.training.rollout.Action.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PairRolloutsTest {

  private static final int OPEN = 9;
  private static final int CLOSE = 10;
  private static final String END = "<｜end▁of▁sentence｜>";

  @SuppressWarnings("NullAway.Init")
  private static BundledPair pair;

  @SuppressWarnings("NullAway.Init")
  private static List<Rollout> sampled;

  @BeforeAll
  static void sample() throws InterruptedException {
    pair = new BundledPair(64);
    sampled = pair.rollouts(true, 64).sample(BundledPair.problems(0, 8), 4, 7);
  }

  @AfterAll
  static void free() {
    pair.close();
  }

  /** Those traces are another implementation's, from the same weights. */
  @Test
  void greedy_answers_are_those_of_the_reference_traces() throws IOException {
    Pair models =
        Pair.builder()
            .small(pair.small(), BundledPair.TEMPLATE)
            .large(pair.large(), BundledPair.TEMPLATE)
            .spans(SpanSettings.of(2, 16))
            .build();
    SplitDecoder decoder = new SplitDecoder(models);
    int same = 0;
    List<String> traces = Files.readAllLines(Path.of("../models/reference-traces.jsonl"));
    for (String line : traces.subList(0, 5)) {
      JsonNode trace = JsonMapper.shared().readTree(line);
      for (String policy : List.of("large", "learned")) {
        String text =
            decoder
                .decode(
                    List.of(Message.user(trace.path("problem").asString())),
                    SplitOptions.DEFAULT.withPolicy(Policy.parse(policy)).withPipelined(false),
                    TraceListener.NONE)
                .text();
        same += (text + END).equals(trace.path(policy).path("text").asString()) ? 1 : 0;
      }
    }
    // Where two logits nearly tie, another order of sums may choose the other one.
    assertThat(same).isGreaterThanOrEqualTo(9);
  }

  @Test
  void the_log_probabilities_stored_are_those_the_loss_computes_again()
      throws InterruptedException {
    try (PointerScope _ = new PointerScope()) {
      for (boolean handsOver : List.of(true, false)) {
        PairRollouts source = pair.rollouts(handsOver, 64);
        List<Rollout> rollouts =
            handsOver ? sampled : source.sample(BundledPair.problems(0, 4), 2, 7);
        Tensor again = new ActionLogProbs(source.drawing()).of(pair.smallWeights(), rollouts);
        float[] values = new float[(int) again.numel()];
        again.detach().contiguous().data_ptr_float().get(values);

        List<Float> stored = new ArrayList<>();
        rollouts.forEach(r -> r.actions().forEach(action -> stored.add(action.logProb())));
        assertThat(values).hasSize(stored.size());
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i]).isCloseTo(stored.get(i), within(1e-3f));
        }
      }
    }
  }

  @Test
  void the_small_models_tokens_are_its_actions_and_the_large_models_are_context() {
    Set<Kind> seen = EnumSet.noneOf(Kind.class);
    for (Rollout rollout : sampled) {
      Map<Integer, Kind> kinds = new HashMap<>();
      int spanLength = 0;
      rollout.actions().forEach(action -> kinds.put(action.place(), action.kind()));
      for (int place = rollout.promptTokens(); place < rollout.tokens().length; place++) {
        Author author = rollout.authors().get(place - rollout.promptTokens());
        Kind kind = kinds.get(place);
        boolean closes = rollout.tokens()[place] == CLOSE;
        boolean first = rollout.tokens()[place - 1] == OPEN;
        spanLength = author == Author.LARGE ? spanLength + 1 : closes ? spanLength : 0;
        if (closes && spanLength == BundledPair.SPAN_CAP) {
          assertThat(kind).as("the cap closes, whatever was decided").isNotEqualTo(Kind.WRITE);
        } else if (author == Author.LARGE) {
          assertThat(kind).isEqualTo(first ? null : Kind.STAY);
        } else {
          assertThat(kind).isEqualTo(closes ? Kind.CLOSE : Kind.WRITE);
        }
        if (kind != null) {
          seen.add(kind);
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Kind.WRITE, Kind.STAY, Kind.CLOSE);
  }

  @Test
  void a_rollout_is_the_text_that_is_judged_and_its_end() {
    for (Rollout rollout : sampled) {
      int[] tokens = rollout.tokens();
      boolean ended = pair.tokenizer().endsText(tokens[tokens.length - 1]);
      int[] text = Arrays.copyOfRange(tokens, rollout.promptTokens(), tokens.length);
      assertThat(ended).isEqualTo(rollout.completion().ended());
      assertThat(text(text)).isEqualTo(rollout.completion().text() + (ended ? END : ""));
      assertThat(rollout.completion().tokens()).isEqualTo(text.length - (ended ? 1 : 0));
    }
  }

  @Test
  void the_seed_decides_whatever_is_decoded_beside_it() throws InterruptedException {
    List<Rollout> fewAtATime = pair.rollouts(true, 3).sample(BundledPair.problems(0, 8), 4, 7);
    List<Rollout> others = pair.rollouts(true, 64).sample(BundledPair.problems(0, 8), 4, 8);

    assertThat(texts(fewAtATime)).isEqualTo(texts(sampled));
    assertThat(texts(others)).isNotEqualTo(texts(sampled));
    assertThat(new HashSet<>(texts(sampled)))
        .as("four answers to eight problems")
        .hasSizeGreaterThan(8);
  }

  @Test
  void without_the_large_model_the_small_one_fills_the_spans_itself() throws InterruptedException {
    TorchModel.BatchCount before = pair.large().batches();

    List<Rollout> alone = pair.rollouts(false, 64).sample(BundledPair.problems(0, 8), 2, 7);

    assertThat(pair.large().batches()).isEqualTo(before);
    for (Rollout rollout : alone) {
      assertThat(rollout.authors()).containsOnly(Author.SMALL);
      assertThat(rollout.actions()).hasSize(rollout.authors().size());
      assertThat(rollout.actions()).allMatch(action -> action.kind() == Kind.WRITE_ANY);
      boolean tagged = rollout.completion().text().contains("<bigmodel>");
      assertThat(rollout.completion().offloadRatio() > 0).isEqualTo(tagged);
    }
    assertThat(alone).anyMatch(rollout -> rollout.completion().offloadRatio() > 0);
  }

  @Test
  void rollouts_without_chance_are_refused() {
    assertThatThrownBy(() -> new RolloutConfig(true, 0, 100, 2, 16, 8))
        .hasMessageContaining("temperature above 0");
  }

  private static List<String> texts(List<Rollout> rollouts) {
    return rollouts.stream().map(rollout -> rollout.completion().text()).toList();
  }

  private static String text(int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(new String(pair.tokenizer().bytes(id), StandardCharsets.UTF_8));
    }
    return text.toString();
  }
}
