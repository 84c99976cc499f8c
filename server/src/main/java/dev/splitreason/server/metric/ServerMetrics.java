package dev.splitreason.server.metric;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.TokenTime;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.server.answer.AnswerObserver;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Question;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.pair.ServedPair;
import dev.splitreason.server.pair.ServedPairs;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * The server's numbers, for Prometheus. Names and meanings are vLLM's where vLLM has them, with
 * {@code splitreason} for {@code vllm}; all are by {@code model_name}, the pair's. Thread-safe.
 */
public final class ServerMetrics implements AnswerObserver {

  /** The content type of {@link #text}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final String PREFIX = "splitreason:";
  private static final String MODEL = "model_name";

  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300
  };
  private static final double[] RATIOS = {
    0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter promptTokens = counter("prompt_tokens", "Tokens of prompts", MODEL);
  private final Counter generationTokens =
      counter("generation_tokens", "Tokens written and kept, by their author", MODEL, "author");
  private final Counter discardedTokens =
      counter("discarded_tokens", "Tokens the large model wrote in vain", MODEL);
  private final Counter success =
      counter("request_success", "Finished answers, by why they ended", MODEL, "finished_reason");
  private final Counter degraded =
      counter("degraded_answers", "Answers that went on without the large model", MODEL);
  private final Counter errors = counter("request_errors", "Requests not answered", "kind");
  private final Histogram firstToken =
      histogram("time_to_first_token_seconds", "From the request to the first token", SECONDS);
  private final Histogram betweenTokens =
      histogram("inter_token_latency_seconds", "From a token to the next", SECONDS);
  private final Histogram whole =
      histogram("e2e_request_latency_seconds", "From the request to the answer's end", SECONDS);
  private final Histogram queued =
      histogram("request_queue_time_seconds", "From the request to the answer's begin", SECONDS);
  private final Histogram handOff =
      histogram(
          "hand_off_seconds", "From a segment's last token to the other model's first", SECONDS);
  private final Histogram offloadRatio =
      histogram("offload_ratio", "The large model's share of an answer's tokens", RATIOS);

  /** Numbers of a server of these pairs. */
  public ServerMetrics(ServedPairs pairs) {
    gauge("num_requests_running", "Answers under way", pairs, pair -> pair.queue().running());
    gauge("num_requests_waiting", "Answers that wait", pairs, pair -> pair.queue().waiting());
  }

  @Override
  public void answered(Question question, Answered answered) {
    String model = question.pair().name();
    Trace trace = answered.trace();
    promptTokens.labelValues(model).inc(answered.counts().prompt());
    generationTokens.labelValues(model, Author.SMALL.label()).inc(trace.usage().smallTokens());
    generationTokens.labelValues(model, Author.LARGE.label()).inc(trace.usage().largeTokens());
    discardedTokens.labelValues(model).inc(trace.usage().discardedTokens());
    String reason = answered.finish().reason().name().toLowerCase(Locale.ROOT);
    success.labelValues(model, reason).inc();
    if (trace.degraded()) {
      degraded.labelValues(model).inc();
    }
    Double first = answered.firstTokenSeconds();
    if (first != null) {
      firstToken.labelValues(model).observe(answered.queuedSeconds() + first);
    }
    whole.labelValues(model).observe(answered.queuedSeconds() + trace.seconds());
    queued.labelValues(model).observe(answered.queuedSeconds());
    offloadRatio.labelValues(model).observe(trace.usage().offloadRatio());
    observeTimes(model, trace);
  }

  private void observeTimes(String model, Trace trace) {
    List<TokenTime> times = trace.tokenTimes();
    for (int i = 1; i < times.size(); i++) {
      double between = times.get(i).seconds() - times.get(i - 1).seconds();
      betweenTokens.labelValues(model).observe(Math.max(0, between));
    }
    List<Segment> segments = trace.segments();
    for (int i = 1; i < segments.size(); i++) {
      double between = segments.get(i).start() - segments.get(i - 1).end();
      handOff.labelValues(model).observe(Math.max(0, between));
    }
  }

  /** Counts a request that was not answered. */
  public void refused(Refusal refusal) {
    errors.labelValues(refusal.kind().name().toLowerCase(Locale.ROOT)).inc();
  }

  /** All numbers, in Prometheus's text format. */
  public byte[] text() {
    var text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(PREFIX + name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double[] bounds) {
    return Histogram.builder()
        .name(PREFIX + name)
        .help(help)
        .labelNames(MODEL)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }

  private void gauge(String name, String help, ServedPairs pairs, ToIntFunction<ServedPair> value) {
    GaugeWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .labelNames(MODEL)
        .callback(
            gauge -> pairs.all().forEach(pair -> gauge.call(value.applyAsInt(pair), pair.name())))
        .register(registry);
  }
}
