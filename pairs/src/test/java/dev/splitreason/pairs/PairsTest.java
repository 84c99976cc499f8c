package dev.splitreason.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufShape;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.engine.contract.random.RandomAdapter;
import dev.splitreason.pairs.open.OpenPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening pairs and asking them, as a program does. */
class PairsTest {

  private static final String QUESTION =
      "Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. Give the last two"
          + " digits.";

  private static final String SMALL = "../models/small-split.gguf";
  private static final String LARGE = "../models/large.gguf";

  @TempDir private Path folder;

  private Path configuration;

  /** No configuration of whoever runs the tests. */
  @BeforeEach
  void write() throws IOException {
    configuration =
        Files.writeString(folder.resolve("splitreason.yaml"), "defaults: {sampling: {seed: 7}}");
  }

  private PairBuilder builder() {
    return Pairs.builder().configuration(configuration);
  }

  @Test
  void the_bundled_pair_answers() {
    try (OpenPair pair = builder().pair("chain").open()) {
      Trace trace = pair.ask(QUESTION);

      assertThat(trace.answer()).isEqualTo("40");
      assertThat(trace.usage().largeTokens()).isPositive();
    }
  }

  @Test
  void two_locations_are_a_pair_with_the_settings_of_the_models_that_are_known() {
    try (OpenPair named = builder().pair("chain").open();
        OpenPair located = builder().small(SMALL).large(LARGE).open()) {
      assertThat(located.ask(QUESTION).text()).isEqualTo(named.ask(QUESTION).text());
    }
  }

  @Test
  void unknown_files_need_a_template_and_get_the_one_that_is_named() throws IOException {
    Path small = Files.copy(Path.of(SMALL), folder.resolve("s.gguf"));
    Path large = Files.copy(Path.of(LARGE), folder.resolve("l.gguf"));
    PairBuilder located = builder().small(small.toString()).large(large.toString());

    try (OpenPair pair = located.template("chain").open()) {
      assertThat(pair.pair().smallTemplate().name()).isEqualTo("chain");
      assertThat(pair.ask(QUESTION).answer()).isEqualTo("40");
    }
    assertThatThrownBy(() -> located.template("chian").open())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chian");
  }

  @Test
  void an_adapter_changes_what_a_model_writes() {
    ModelShape shape = GgufShape.read(GgufFile.read(Path.of(LARGE)));
    Path adapter = folder.resolve("random.gguf");
    new RandomAdapter(shape, 4, 16, 1).write(adapter);
    PairBuilder chain = builder().pair("chain").policies(new Policy.LargeOnly());
    SplitOptions large = SplitOptions.DEFAULT.withPolicy(new Policy.LargeOnly());
    try (OpenPair plain = chain.open();
        OpenPair tuned = chain.largeAdapter(adapter.toString()).open()) {
      assertThat(tuned.ask(QUESTION, large).answer()).isNotEqualTo("40");
      assertThat(plain.ask(QUESTION, large).answer()).isEqualTo("40");
      assertThat(tuned.pair().largeTemplate().name())
          .isEqualTo(plain.pair().largeTemplate().name());
    }
    assertThatThrownBy(
            () -> builder().pair("chain").smallAdapter(adapter.toString()).open().close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(adapter.toString());
  }

  @Test
  void an_open_pair_answers_by_any_policy() {
    try (OpenPair pair = builder().pair("chain").open()) {
      for (String policy : List.of("small", "large", "learned", "random:0.1", "entropy:1")) {
        Trace trace = pair.ask(QUESTION, SplitOptions.DEFAULT.withPolicy(Policy.parse(policy)));

        assertThat(trace.finishReason()).describedAs(policy).isEqualTo(FinishReason.STOP);
        assertThat(trace.usage().offloadRatio() == 0)
            .describedAs(policy)
            .isEqualTo(policy.equals("small"));
      }
    }
  }

  @Test
  void a_model_that_no_policy_needs_is_not_opened() {
    try (OpenPair pair = builder().policies(new Policy.SmallOnly()).large("no.gguf").open()) {
      assertThat(pair.large()).isNull();
      assertThat(pair.small()).isNull();
      assertThat(pair.base()).isNotNull();
      assertThat(pair.ask(QUESTION, SplitOptions.DEFAULT.withPolicy(new Policy.SmallOnly())).text())
          .isNotEmpty();
    }
    try (OpenPair pair = builder().policies(new Policy.LargeOnly()).small("no.gguf").open()) {
      assertThat(pair.small()).isNull();
      assertThat(
              pair.ask(QUESTION, SplitOptions.DEFAULT.withPolicy(new Policy.LargeOnly())).answer())
          .isEqualTo("40");
    }
  }

  @Test
  void what_the_configuration_says_is_how_it_answers() throws IOException {
    Files.writeString(
        configuration, "defaults: {decoding: {policy: large}, limits: {max-tokens: 5}}");

    try (OpenPair pair = builder().open()) {
      Trace trace = pair.ask(QUESTION);

      assertThat(trace.usage().largeTokens()).isEqualTo(5);
      assertThat(trace.finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(pair.ask(QUESTION, SplitOptions.DEFAULT).answer()).isEqualTo("40");
    }
  }

  @Test
  void many_answers_may_be_under_way_at_once() {
    List<Trace> traces;
    try (OpenPair pair = builder().answersAtOnce(6).open()) {
      traces = IntStream.range(0, 6).parallel().mapToObj(_ -> pair.ask(QUESTION)).toList();
    }

    assertThat(traces).extracting(Trace::answer).containsOnly("40").hasSize(6);
  }

  @Test
  void a_listener_sees_the_answer_grow_and_may_end_it() {
    List<String> pieces = new ArrayList<>();
    TraceListener untilALineIsDone =
        (author, text) -> {
          pieces.add(text);
          if (text.contains("\n")) {
            Thread.currentThread().interrupt();
          }
        };
    try (OpenPair pair = builder().open()) {
      Trace trace = pair.ask(QUESTION, SplitOptions.DEFAULT, untilALineIsDone);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(trace.finishReason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(String.join("", pieces)).isEqualTo(trace.text()).contains("37*48");
    }
  }

  @Test
  void a_conversation_is_asked_as_one() {
    try (OpenPair pair = builder().open()) {
      assertThat(
              pair.ask(List.of(Message.user(QUESTION)), SplitOptions.DEFAULT, TraceListener.NONE)
                  .answer())
          .isEqualTo("40");
    }
  }

  @Test
  void a_closed_pair_answers_no_more() {
    OpenPair pair = builder().open();
    pair.close();

    assertThatThrownBy(() -> pair.ask(QUESTION)).isInstanceOf(ModelException.class);
  }

  @Test
  void what_cannot_be_opened_is_named() {
    PairBuilder missing = builder().large("/nowhere/l.gguf").template("chain");
    assertThatThrownBy(missing::open)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("/nowhere/l.gguf");
    PairBuilder unknown = builder().pair("chian");
    assertThatThrownBy(unknown::open).hasMessageContaining("did you mean 'chain'?");
    assertThatThrownBy(() -> builder().chunk(0))
        .isInstanceOf(UserMistake.class)
        .hasMessage("the chunk must be at least 1, not 0");
  }

  @Test
  void an_interrupted_thread_opens_nothing() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> builder().open()).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
