package dev.splitreason.files.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.TokenTime;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.files.trace.RecordedAnswer.UsedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerJsonTest {

  private static final RecordedAnswer ANSWER =
      new RecordedAnswer(
          "a1",
          "7 × 8?",
          new UsedModel("tiny", "qwen2 32K F32", 32_000),
          null,
          SplitOptions.DEFAULT,
          new Trace(
              List.of(
                  new Segment(Author.SMALL, "<bigmodel>", 1, 0.1, 0.1),
                  new Segment(Author.LARGE, "56", 2, 0.2, 0.25),
                  new Segment(Author.SMALL, "</bigmodel>\n", 2, 0.3, 0.35)),
              new Usage(3, 2, 1, 20, 21),
              FinishReason.STOP,
              true,
              "it \"went\" away",
              0.4000004,
              List.of(
                  new TokenTime(Author.SMALL, 0.1),
                  new TokenTime(Author.LARGE, 0.2),
                  new TokenTime(Author.LARGE, 0.25),
                  new TokenTime(Author.SMALL, 0.3),
                  new TokenTime(Author.SMALL, 0.35)),
              new SpanSettings(TagSpelling.BIGMODEL, 2, 64)));

  @Test
  void isOneLineInTheDocumentedShape() {
    assertThat(AnswerJson.write(ANSWER))
        .isEqualTo(
            """
            {"id":"a1","question":"7 × 8?",\
            "models":{"small":{"name":"tiny","description":"qwen2 32K F32","parameters":32000},"large":null},\
            "options":{"policy":"learned","max_offload_ratio":1.0,"offload_bias":0.0,"temperature":0.0,\
            "top_k":0,"top_p":1.0,"min_p":0.0,"repetition_penalty":1.0,"seed":0,"bias":{},\
            "max_tokens":4096,"time_limit":3600.0,"large_timeout":120.0,"pipelined":true},\
            "segments":[\
            {"author":"small","text":"<bigmodel>","tokens":1,"start":0.1,"end":0.1},\
            {"author":"large","text":"56","tokens":2,"start":0.2,"end":0.25},\
            {"author":"small","text":"</bigmodel>\\n","tokens":2,"start":0.3,"end":0.35}],\
            "usage":{"small_tokens":3,"large_tokens":2,"discarded_tokens":1,"small_prefilled":20,\
            "large_prefilled":21,"offload_ratio":0.4},\
            "finish_reason":"stop","degraded":true,"degraded_because":"it \\"went\\" away",\
            "seconds":0.4,"token_times":{"small":[0.1,0.3,0.35],"large":[0.2,0.25]},\
            "pair":{"chunk":2,"span_cap":64,"tags":{"open":"<bigmodel>","close":"</bigmodel>"}}}\
            """);
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadBackWithoutLoss(@ForAll("answers") RecordedAnswer answer) {
    String line = AnswerJson.write(answer);

    assertThat(line).doesNotContain("\n");
    assertThat(AnswerJson.read(line)).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"id\":\"x\"}", "not json"})
  void somethingElseIsRefusedInOneLine(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerJson.read(line))
        .withMessageStartingWith("not a trace: ");
  }

  @Test
  void anUnknownFinishReasonIsRefused() {
    String line = AnswerJson.write(ANSWER).replace("\"stop\"", "\"tired\"");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerJson.read(line))
        .withMessage("not a trace: no finish reason is 'tired'");
  }

  @Test
  void tokenTimesThatBelongToNoSegmentAreRefused() {
    String line = AnswerJson.write(ANSWER).replace("\"large\":[0.2,", "\"large\":[0.2,0.2,");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerJson.read(line))
        .withMessage("not a trace: more token times than tokens");
  }

  @Test
  void anAnswerRecordedBeforeItsPairWasToldHasTheDefaults() {
    String line = AnswerJson.write(ANSWER).replaceFirst(",\"pair\":.*", "}");

    assertThat(AnswerJson.read(line).trace().spans()).isEqualTo(SpanSettings.DEFAULT);
  }

  @Test
  void aPairThatIsToldWronglyIsRefused() {
    String line = AnswerJson.write(ANSWER).replace("\"chunk\":2", "\"chunk\":0");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnswerJson.read(line))
        .withMessage("not a trace: chunk and span cap must be at least 1 token, not 0 and 64");
  }

  @Provide
  Arbitrary<RecordedAnswer> answers() {
    Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(12).filter(wellFormed());
    return Combinators.combine(
            text, text, options(), traces(text), Arbitraries.longs().greaterOrEqual(0))
        .as(
            (id, question, options, trace, parameters) ->
                new RecordedAnswer(
                    id,
                    question,
                    new UsedModel(id, question, parameters),
                    new UsedModel(question, id, 0),
                    options,
                    trace));
  }

  private static Arbitrary<SplitOptions> options() {
    Arbitrary<Policy> policies =
        Arbitraries.of(
                "learned",
                "small",
                "large",
                "random:0.25",
                "random:0.5:8",
                "entropy:1.5",
                "glimpse:2.5",
                "cues",
                "cues:so|but",
                "judged:0.5",
                "route:1.5:8")
            .map(Policy::parse);
    Arbitrary<Double> shares = Arbitraries.doubles().between(0.001, 1).ofScale(3);
    return Combinators.combine(
            policies, shares, Arbitraries.longs(), Arbitraries.integers().between(1, 100_000))
        .as(
            (policy, share, seed, count) ->
                new SplitOptions(
                    policy,
                    new Sampling(share, count, share, share, share, seed, Map.of(count, -1.5f)),
                    count,
                    Duration.ofMillis(count),
                    share,
                    count % 3 == 0 ? Integer.MAX_VALUE : count,
                    -share,
                    count % 2 == 0,
                    Duration.ofSeconds(count)));
  }

  private static Arbitrary<Trace> traces(Arbitrary<String> text) {
    return text.list()
        .ofMaxSize(5)
        .map(
            texts -> {
              List<Segment> segments = new ArrayList<>();
              List<TokenTime> times = new ArrayList<>();
              for (String each : texts) {
                Author author = segments.size() % 2 == 0 ? Author.SMALL : Author.LARGE;
                double start = segments.size() / 8.0;
                segments.add(new Segment(author, each, each.length(), start, start + 0.0625));
                each.chars().forEach(letter -> times.add(new TokenTime(author, start)));
              }
              Usage usage = new Usage(texts.size(), 2, 3, texts.size() / 2, 4, 5);
              var spans = new SpanSettings(new TagSpelling("<<", ">>"), texts.size() + 1, 7);
              return new Trace(
                  segments, usage, FinishReason.TIMEOUT, false, null, 1.5, times, spans);
            });
  }

  private static java.util.function.Predicate<String> wellFormed() {
    return text -> text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }
}
