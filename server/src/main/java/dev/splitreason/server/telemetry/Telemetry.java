package dev.splitreason.server.telemetry;

import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.server.answer.AnswerObserver;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Question;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spans of requests, answers and segments; names of attributes are those of OpenTelemetry's
 * semantic conventions for HTTP and generative AI, and {@code splitreason.} for what they do not
 * have. Goes on from the {@code traceparent} of a request.
 */
public final class Telemetry implements Filter, AutoCloseable {

  /** Any of them names a collector, or an exporter by its name. */
  private static final List<String> SWITCHES =
      List.of(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_TRACES_EXPORTER");

  private static final String SCOPE = "dev.splitreason.server";
  private static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
  private static final double NANOS = 1e9;
  private static final int SERVER_ERROR = 500;

  private final @Nullable OpenTelemetrySdk sdk;
  private final OpenTelemetry telemetry;
  private final Tracer tracer;

  private Telemetry(@Nullable OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.telemetry = sdk == null ? OpenTelemetry.noop() : sdk;
    this.tracer = telemetry.getTracer(SCOPE);
  }

  /**
   * As the settings and the environment say; off unless one of them names a collector.
   *
   * @param collector the address of a collector for OTLP over HTTP; null for the environment's
   * @param environment the process's variables, of which those of OpenTelemetry count
   */
  public static Telemetry of(@Nullable String collector, Map<String, String> environment) {
    boolean on = collector != null || SWITCHES.stream().anyMatch(environment::containsKey);
    if (!on) {
      return new Telemetry(null);
    }
    Map<String, String> properties = new HashMap<>();
    properties.put("otel.service.name", "splitreason");
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    properties.put("otel.metrics.exporter", "none"); // Prometheus has them
    properties.put("otel.logs.exporter", "none");
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("OTEL_")) {
            properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
          }
        });
    if (collector != null) {
      properties.put("otel.exporter.otlp.endpoint", collector);
    }
    return new Telemetry(
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesCustomizer(_ -> properties)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk());
  }

  /** Whether anything is sent. */
  boolean isOn() {
    return sdk != null;
  }

  /** A span for each request; what its answers do belongs to it. */
  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (sdk == null) {
      chain.proceed();
      return;
    }
    Context from =
        telemetry
            .getPropagators()
            .getTextMapPropagator()
            .extract(Context.root(), request, new Headers());
    String method = request.prologue().method().text();
    String path = request.path().path();
    Span span =
        tracer
            .spanBuilder(method + " " + path)
            .setParent(from)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", method)
            .setAttribute("url.path", path)
            .startSpan();
    try (Scope _ = span.makeCurrent()) {
      chain.proceed();
    } finally {
      int status = response.status().code();
      span.setAttribute("http.response.status_code", (long) status);
      if (status >= SERVER_ERROR) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }

  private static final class Headers implements TextMapGetter<RoutingRequest> {

    @Override
    public @Nullable String get(@Nullable RoutingRequest request, String name) {
      return request == null
          ? null
          : request.headers().first(HeaderNames.create(name)).orElse(null);
    }
  }

  /** Sees the answers to the request whose thread calls this. */
  public AnswerObserver ofThisRequest() {
    Context request = Context.current();
    return (question, answered) -> tell(request, question, answered);
  }

  private void tell(Context request, Question question, Answered answered) {
    if (sdk == null) {
      return;
    }
    Trace trace = answered.trace();
    long ended = nanos(Instant.now());
    long began = ended - nanos(trace.seconds());
    Span answer =
        span(request, "chat " + question.model(), began - nanos(answered.queuedSeconds()))
            .setAttribute("gen_ai.operation.name", "chat")
            .setAttribute("gen_ai.request.model", question.model())
            .setAttribute("gen_ai.response.model", question.pair().name())
            .setAttribute("gen_ai.usage.input_tokens", (long) answered.counts().prompt())
            .setAttribute("gen_ai.usage.output_tokens", (long) answered.tokens())
            .setAttribute(FINISH_REASONS, List.of(trace.finishReason().label()))
            .setAttribute("splitreason.offload_ratio", trace.usage().offloadRatio())
            .setAttribute("splitreason.discarded_tokens", (long) trace.usage().discardedTokens())
            .setAttribute("splitreason.degraded", trace.degraded())
            .setAttribute("splitreason.queued_seconds", answered.queuedSeconds())
            .startSpan();
    Context parent = request.with(answer);
    for (Segment segment : trace.segments()) {
      span(parent, segment.author().label(), began + nanos(segment.start()))
          .setAttribute("splitreason.author", segment.author().label())
          .setAttribute("splitreason.tokens", (long) segment.tokens())
          .startSpan()
          .end(began + nanos(segment.end()), TimeUnit.NANOSECONDS);
    }
    answer.end(ended, TimeUnit.NANOSECONDS);
  }

  private SpanBuilder span(Context parent, String name, long began) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setStartTimestamp(began, TimeUnit.NANOSECONDS);
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS);
  }

  /** Sends what is not sent yet, for as long as OpenTelemetry waits for that. */
  @Override
  public void close() {
    if (sdk != null) {
      sdk.close();
    }
  }
}
