package dev.splitreason.data.source;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.tagged.TaggedText;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.trace.TraceJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which columns of a source make a {@link SourceTrace}, and how.
 *
 * @param id null where no column names a trace
 * @param problem null where no column has it; messages then tell it
 * @param answer null where no column has it
 * @param trace the column of the trace
 * @param marks columns of which one must mark a generation as correct, unless there are none
 * @param others columns that are read besides
 */
record TraceLayout(
    @Nullable String id,
    @Nullable String problem,
    @Nullable String answer,
    String trace,
    List<String> marks,
    List<String> others) {

  private static final String SEGMENTS = "segments";
  private static final String PAIR = "pair";
  private static final String COMPLETE = "is_reasoning_complete";
  private static final String GENERATIONS = "generations";
  private static final String MESSAGES = "messages";
  private static final List<String> IDS = List.of("id", "uuid");
  private static final List<String> PROBLEMS = List.of("problem", "question", "prompt");
  private static final List<String> QUESTIONS = List.of("question", "prompt");
  private static final List<String> ANSWERS = List.of("answer");
  private static final List<String> TRACES =
      List.of("annotated", SEGMENTS, "text", "trace", GENERATIONS, MESSAGES, "conversations");

  /** What tells the samples of an evaluation apart; their problem is a problem's name. */
  private static final List<String> SAMPLE_KEY = List.of("problem", "policy", "sample");

  /** OpenR1-Math-220k's marks of a generation, the first of which must be set. */
  private static final List<String> CORRECT =
      List.of("correctness_math_verify", "correctness_llama");

  /**
   * Finds the columns.
   *
   * @throws DataException if a column that was named, or any trace, is not there
   */
  static TraceLayout of(Columns wanted, Set<String> columns) {
    String trace = column("trace", wanted.trace(), TRACES, columns);
    if (trace == null) {
      throw new DataException("no column holds a trace; name one of " + String.join(", ", columns));
    }
    boolean recorded = trace.equals(SEGMENTS);
    return new TraceLayout(
        column("id", wanted.id(), IDS, columns),
        column("problem", wanted.problem(), recorded ? QUESTIONS : PROBLEMS, columns),
        column("answer", wanted.answer(), ANSWERS, columns),
        trace,
        CORRECT.stream().filter(columns::contains).toList(),
        others(trace, wanted.trace() == null).filter(columns::contains).toList());
  }

  /**
   * Columns read beside the trace. The published data set of tagged traces has its generations
   * without tags, as OpenR1 has them, and its tags in the messages.
   */
  private static Stream<String> others(String trace, boolean usual) {
    return switch (trace) {
      case SEGMENTS -> Stream.concat(Stream.of(PAIR), SAMPLE_KEY.stream());
      case GENERATIONS -> usual ? Stream.of(COMPLETE, MESSAGES) : Stream.of(COMPLETE);
      default -> Stream.of(COMPLETE);
    };
  }

  private static @Nullable String column(
      String role, @Nullable String named, List<String> usual, Set<String> columns) {
    if (named == null) {
      return usual.stream().filter(columns::contains).findFirst().orElse(null);
    }
    if (!columns.contains(named)) {
      throw new DataException(
          "there is no column '%s' for the %s; the columns are %s"
              .formatted(named, role, String.join(", ", columns)));
    }
    return named;
  }

  /** The columns that are read. */
  Set<String> columns() {
    Set<String> read = new LinkedHashSet<>(marks);
    read.addAll(others);
    read.add(trace);
    if (id != null) {
      read.add(id);
    }
    if (problem != null) {
      read.add(problem);
    }
    if (answer != null) {
      read.add(answer);
    }
    return read;
  }

  /**
   * The trace of a row, or null if it has none to use.
   *
   * @throws MalformedLineException if a value is not what its column is for
   */
  @Nullable SourceTrace read(SourceRow row, TagSpelling tags) throws MalformedLineException {
    TaggedText tagged = trace.equals(SEGMENTS) ? recorded(row, tags) : written(row, tags);
    if (tagged == null) {
      return null;
    }
    String name = id == null ? sample(row) : plain(id, row);
    return new SourceTrace(
        row.number(),
        name == null ? "row-" + row.number() : name,
        asked(row),
        answer == null ? null : plain(answer, row),
        tagged);
  }

  private @Nullable String asked(SourceRow row) throws MalformedLineException {
    if (problem == null) {
      JsonNode messages = row.get(trace);
      return Conversation.is(messages) ? whole(trace, Conversation.question(messages)) : null;
    }
    JsonNode value = row.get(problem);
    if (Conversation.is(value)) {
      return whole(problem, Conversation.question(value));
    }
    return whole(
        problem, Conversation.isParts(value) ? Conversation.parts(value) : text(problem, value));
  }

  private @Nullable TaggedText written(SourceRow row, TagSpelling tags)
      throws MalformedLineException {
    TaggedText told = toldInMessages(row, tags);
    if (told != null) {
      return told;
    }
    JsonNode value = row.get(trace);
    String text =
        Conversation.is(value)
            ? Conversation.answer(value)
            : Conversation.isParts(value)
                ? Conversation.parts(value)
                : value.isArray() ? generation(value, row) : text(trace, value);
    String whole = whole(trace, text);
    return whole == null || whole.isBlank() ? null : TaggedText.of(whole, tags);
  }

  /** What the messages beside generations say, if they have tags that those lack; else null. */
  private @Nullable TaggedText toldInMessages(SourceRow row, TagSpelling tags)
      throws MalformedLineException {
    if (!others.contains(MESSAGES) || !Conversation.is(row.get(MESSAGES))) {
      return null;
    }
    String text = whole(MESSAGES, Conversation.answer(row.get(MESSAGES)));
    TaggedText tagged = text == null ? null : TaggedText.of(text, tags);
    return tagged == null || tagged.spans().isEmpty() ? null : tagged;
  }

  /** The first generation that is there and marked correct and complete. */
  private @Nullable String generation(JsonNode generations, SourceRow row)
      throws MalformedLineException {
    for (int i = 0; i < generations.size(); i++) {
      int at = i;
      boolean correct =
          marks.isEmpty() || marks.stream().anyMatch(mark -> isMarked(row.get(mark), at));
      boolean complete = !others.contains(COMPLETE) || isMarked(row.get(COMPLETE), i);
      String text = correct && complete ? text(trace, generations.path(i)) : null;
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  private static boolean isMarked(JsonNode marks, int index) {
    return marks.path(index).asBoolean(false);
  }

  private @Nullable TaggedText recorded(SourceRow row, TagSpelling tags)
      throws MalformedLineException {
    JsonNode segments = row.get(SEGMENTS);
    if (segments.isNull() || segments.isMissingNode()) {
      return null;
    }
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.set(SEGMENTS, segments);
    boolean told = row.get(PAIR).isObject();
    if (told) {
      line.set(PAIR, row.get(PAIR));
    }
    try {
      return TaggedText.of(TraceJson.segments(line), told ? TraceJson.spans(line).tags() : tags);
    } catch (UserMistake e) {
      throw new MalformedLineException("holds a segment that is none: " + e.getMessage());
    }
  }

  /** The name of a sample of an evaluation, or null of anything else. */
  private @Nullable String sample(SourceRow row) {
    if (!trace.equals(SEGMENTS) || !others.containsAll(SAMPLE_KEY)) {
      return null;
    }
    List<String> key = new ArrayList<>();
    for (String column : SAMPLE_KEY) {
      if (!row.get(column).isString()) {
        return null;
      }
      key.add(row.get(column).asString());
    }
    return String.join("/", key);
  }

  /** A value as text; null where there is none. */
  private static @Nullable String text(String column, JsonNode value)
      throws MalformedLineException {
    if (value.isContainer()) {
      throw new MalformedLineException(
          "holds %s in the column '%s' where text belongs"
              .formatted(value.isArray() ? "a list" : "an object", column));
    }
    return value.isNull() || value.isMissingNode() ? null : value.asString();
  }

  /** A value as text, lists and objects as their JSON. */
  private static @Nullable String plain(String column, SourceRow row)
      throws MalformedLineException {
    JsonNode value = row.get(column);
    return whole(column, value.isContainer() ? value.toString() : text(column, value));
  }

  /** Text that has a UTF-8: half a surrogate pair would reach a model as another character. */
  private static @Nullable String whole(String column, @Nullable String text)
      throws MalformedLineException {
    if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new MalformedLineException(
          "holds half a surrogate pair in the column '" + column + "'");
    }
    return text;
  }
}
