package dev.splitreason.server.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.server.BundledServer;
import dev.splitreason.server.config.ServeSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an earlier answer left in a model's cache is not prefilled again, and changes nothing. */
class PrefixReuseTest {

  private static final int WRITTEN = 24;

  @SuppressWarnings("NullAway.Init")
  private static BundledServer server;

  private static LanguageModel model() {
    return server.pairs().named("chain").pair().open().pair().large();
  }

  private KeptPrefixes kept = new KeptPrefixes(2);

  @BeforeAll
  static void start() {
    server = BundledServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty() {
    kept = new KeptPrefixes(2);
  }

  @Test
  void a_sequence_that_goes_on_from_an_earlier_one_prefills_only_what_is_new()
      throws InterruptedException {
    int[] prompt = ids(BundledServer.PROMPT);
    LanguageModel first = ReusingModel.of(model(), kept);
    int[] written = write(first, prompt);
    int[] longer = concat(prompt, written, ids("+1="));

    LanguageModel second = ReusingModel.of(model(), kept);
    int[] reusing = write(second, longer);

    assertThat(ReusingModel.reusedBy(first)).isZero();
    assertThat(ReusingModel.reusedBy(second)).isEqualTo(prompt.length + written.length);
    assertThat(reusing).isEqualTo(write(model(), longer));
  }

  @Test
  void a_sequence_that_parts_from_an_earlier_one_reuses_what_they_share()
      throws InterruptedException {
    int[] prompt = ids(BundledServer.PROMPT);
    write(ReusingModel.of(model(), kept), prompt);
    int[] other = concat(Arrays.copyOf(prompt, 25), ids("99. Add 5."));

    LanguageModel second = ReusingModel.of(model(), kept);
    int[] reusing = write(second, other);

    assertThat(ReusingModel.reusedBy(second)).isGreaterThanOrEqualTo(25);
    assertThat(reusing).isEqualTo(write(model(), other));
  }

  @Test
  void the_least_recently_used_goes_first() throws InterruptedException {
    int[] one = ids("11*" + BundledServer.QUESTION);
    for (String begin : List.of("11*", "22*", "33*")) {
      write(ReusingModel.of(model(), kept), ids(begin + BundledServer.QUESTION));
    }

    LanguageModel again = ReusingModel.of(model(), kept);
    write(again, one);

    assertThat(kept.size()).isEqualTo(2);
    assertThat(ReusingModel.reusedBy(again)).isZero();
  }

  @Test
  void a_decode_that_paused_goes_on_undisturbed_and_is_ended_with_the_answer()
      throws InterruptedException {
    List<String> calls = new ArrayList<>();
    LanguageModel recorded =
        recorded(
            model(),
            LanguageModel.class,
            (call, result) ->
                result instanceof Session session
                    ? recorded(
                        session,
                        Session.class,
                        (name, value) -> {
                          calls.add(name);
                          return value;
                        })
                    : result);
    try (Session session = ReusingModel.of(recorded, kept).open()) {
      session.append(ids(BundledServer.PROMPT));
      calls.clear();
      for (int i = 0; i < 2; i++) {
        session.decode(DecodeRequest.upTo(4, Sampling.GREEDY), token -> {});
      }
      assertThat(calls).contains("decode").doesNotContain("truncate");
      calls.clear();
    }

    assertThat(calls).containsExactly("truncate");
  }

  /** Hears of a call and its result, and gives what is to be the result. */
  private interface Witness {
    @Nullable Object called(String method, @Nullable Object result);
  }

  /** The same object, whose calls are heard. */
  private static <T> T recorded(T of, Class<T> type, Witness witness) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                witness.called(method.getName(), method.invoke(of, arguments))));
  }

  @Test
  void usage_tells_what_was_not_prefilled_again() {
    Map<String, Object> body =
        Map.of("model", "chain", "prompt", BundledServer.PROMPT, "max_tokens", 300);

    JsonNode first = server.document("/v1/completions", body);
    JsonNode second = server.document("/v1/completions", body);

    assertThat(cached(first)).isZero();
    assertThat(cached(second)).isEqualTo(second.get("usage").get("prompt_tokens").asInt());
    assertThat(second.get("choices").get(0).get("text"))
        .isEqualTo(first.get("choices").get(0).get("text"));
  }

  @Test
  void nothing_is_kept_where_the_settings_say_so() {
    var usual = ServeSettings.DEFAULT;
    var none =
        new ServeSettings(
            usual.host(),
            0,
            List.of(),
            0,
            Duration.ZERO,
            usual.limits(),
            usual.access(),
            null,
            null,
            null);
    try (var own = BundledServer.start(none)) {
      Map<String, Object> body =
          Map.of("model", "chain", "prompt", BundledServer.PROMPT, "max_tokens", 300);
      own.document("/v1/completions", body);

      assertThat(cached(own.document("/v1/completions", body))).isZero();
    }
  }

  private static int cached(JsonNode document) {
    return document.get("usage").get("prompt_tokens_details").get("cached_tokens").asInt();
  }

  private static int[] write(LanguageModel model, int[] prompt) throws InterruptedException {
    try (Session session = model.open()) {
      session.append(prompt);
      return session
          .decode(DecodeRequest.upTo(WRITTEN, Sampling.GREEDY), token -> {})
          .tokens()
          .stream()
          .mapToInt(Token::id)
          .toArray();
    }
  }

  private static int[] ids(String text) {
    return Objects.requireNonNull(model().tokenizer()).tokenizeWithControl(text);
  }

  private static int[] concat(int[]... runs) {
    return Arrays.stream(runs).flatMapToInt(Arrays::stream).toArray();
  }
}
