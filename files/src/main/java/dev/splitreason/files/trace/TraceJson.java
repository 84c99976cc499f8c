package dev.splitreason.files.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.TokenTimes;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.files.jsonl.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields that a trace has in every JSON line that holds one: recorded answers, samples of an
 * evaluation. The records below are the format, component by component (in snake case); names that
 * {@code ask --json} has too mean the same. Times are seconds from the request, rounded to
 * microseconds.
 */
public final class TraceJson {

  /** Of what was written here nothing may be missing. */
  static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private static final Fields NONE = new Fields(null, null, null, null, null, null, null, null);

  private TraceJson() {}

  /** The fields of a trace; those of none are all null. */
  public static ObjectNode write(@Nullable Trace trace) {
    return MAPPER.valueToTree(trace == null ? NONE : Fields.of(trace));
  }

  /**
   * Reads what {@link #write} wrote, among other fields.
   *
   * @return null if the fields are those of none
   * @throws UserMistake with a one-line message, if it is something else
   */
  public static @Nullable Trace read(JsonNode line) {
    if (line.path("segments").isNull()) {
      return null;
    }
    List<Segment> segments = segments(line);
    return new Trace(
        segments,
        part(line, "usage", UsageFields.class).toUsage(),
        finishReason(part(line, "finish_reason", String.class)),
        part(line, "degraded", Boolean.class),
        line.path("degraded_because").asString(null),
        part(line, "seconds", Double.class),
        part(line, "token_times", TokenTimes.class).inOrderOf(segments),
        spans(line));
  }

  /**
   * Reads the segments alone, of any JSON object that has them: also of the document of {@code ask
   * --json}, whose segments have no times and get zeros for them.
   *
   * @throws UserMistake with a one-line message, if there are none
   */
  public static List<Segment> segments(JsonNode line) {
    JsonNode list = line.path("segments");
    if (!list.isArray()) {
      throw new UserMistake("no list of segments");
    }
    List<Segment> segments = new ArrayList<>();
    for (JsonNode segment : list) {
      segments.add(segment(segment));
    }
    return segments;
  }

  /**
   * Reads how the pair marked its spans and how far they could go. Lines that do not tell, such as
   * those written before traces did, get {@link SpanSettings#DEFAULT}.
   *
   * @throws UserMistake with a one-line message, if it is told wrongly
   */
  public static SpanSettings spans(JsonNode line) {
    return line.path("pair").isObject()
        ? part(line, "pair", PairFields.class).toSettings()
        : SpanSettings.DEFAULT;
  }

  private static Segment segment(JsonNode segment) {
    Author author =
        Arrays.stream(Author.values())
            .filter(value -> value.label().equals(segment.path("author").asString("")))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserMistake(
                        "a segment's author is small or large, not " + segment.path("author")));
    JsonNode tokens = segment.path("tokens");
    if (!tokens.canConvertToInt()) {
      throw new UserMistake("a segment without its number of tokens");
    }
    return new Segment(
        author,
        segment.path("text").asString(""),
        tokens.asInt(),
        segment.path("start").asDouble(0),
        segment.path("end").asDouble(0));
  }

  private static <T> T part(JsonNode line, String name, Class<T> type) {
    JsonNode value = line.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw new UserMistake("no " + name);
    }
    try {
      return MAPPER.treeToValue(orNull(value, "rejected_tokens"), type);
    } catch (JacksonException e) {
      throw new UserMistake(name + ": " + Json.complaint(e), e);
    }
  }

  /** The same object with a null for a field that lines have only where it says something. */
  static JsonNode orNull(JsonNode value, String optional) {
    return value instanceof ObjectNode object && !object.has(optional)
        ? object.deepCopy().putNull(optional)
        : value;
  }

  private static FinishReason finishReason(String label) {
    return Arrays.stream(FinishReason.values())
        .filter(reason -> reason.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new UserMistake("no finish reason is '" + label + "'"));
  }

  private record Fields(
      @Nullable List<SegmentFields> segments,
      @Nullable UsageFields usage,
      @Nullable String finishReason,
      @Nullable Boolean degraded,
      @Nullable String degradedBecause,
      @Nullable Double seconds,
      @Nullable TokenTimes tokenTimes,
      @Nullable PairFields pair) {

    static Fields of(Trace trace) {
      return new Fields(
          trace.segments().stream().map(SegmentFields::of).toList(),
          UsageFields.of(trace.usage()),
          trace.finishReason().label(),
          trace.degraded(),
          trace.degradedBecause(),
          TokenTimes.microseconds(trace.seconds()),
          TokenTimes.of(trace.tokenTimes()),
          PairFields.of(trace.spans()));
    }
  }

  private record PairFields(int chunk, int spanCap, TagSpelling tags) {

    static PairFields of(SpanSettings spans) {
      return new PairFields(spans.chunk(), spans.cap(), spans.tags());
    }

    SpanSettings toSettings() {
      return new SpanSettings(tags, chunk, spanCap);
    }
  }

  private record SegmentFields(String author, String text, int tokens, double start, double end) {

    static SegmentFields of(Segment segment) {
      return new SegmentFields(
          segment.author().label(),
          segment.text(),
          segment.tokens(),
          TokenTimes.microseconds(segment.start()),
          TokenTimes.microseconds(segment.end()));
    }
  }

  private record UsageFields(
      int smallTokens,
      int largeTokens,
      int discardedTokens,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer rejectedTokens,
      int smallPrefilled,
      int largePrefilled,
      double offloadRatio) {

    static UsageFields of(Usage usage) {
      return new UsageFields(
          usage.smallTokens(),
          usage.largeTokens(),
          usage.discardedTokens(),
          usage.rejectedTokens() == 0 ? null : usage.rejectedTokens(),
          usage.smallPrefilled(),
          usage.largePrefilled(),
          usage.offloadRatio());
    }

    Usage toUsage() {
      return new Usage(
          smallTokens,
          largeTokens,
          discardedTokens,
          rejectedTokens == null ? 0 : rejectedTokens,
          smallPrefilled,
          largePrefilled);
    }
  }
}
