package dev.splitreason.data.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SQL expressions that make a {@link SourceTrace} of a source's columns.
 *
 * @param id null where no column names a trace
 * @param problem null where no column has it
 * @param answer null where no column has it
 * @param trace SQL NULL in rows that have no trace to use
 * @param recorded whether the trace is what is read of a recorded answer, as JSON: its segments
 *     and, where it tells, its pair
 */
record Projection(
    @Nullable String id,
    @Nullable String problem,
    @Nullable String answer,
    String trace,
    boolean recorded) {

  private static final String SEGMENTS = "segments";
  private static final String PAIR = "pair";
  private static final List<String> IDS = List.of("id", "uuid");
  private static final List<String> PROBLEMS = List.of("problem", "question", "prompt");
  private static final List<String> QUESTIONS = List.of("question", "prompt");
  private static final List<String> ANSWERS = List.of("answer");
  private static final List<String> TRACES =
      List.of("annotated", SEGMENTS, "text", "trace", "generations", "messages");

  /** What tells the samples of an evaluation apart; their problem is a problem's name. */
  private static final List<String> SAMPLE_KEY = List.of("problem", "policy", "sample");

  private static final String SAMPLE_ID = "problem || '/' || policy || '/' || sample";

  /** OpenR1-Math-220k's marks of a generation, the first of which must be set. */
  private static final List<String> CORRECT =
      List.of("correctness_math_verify", "correctness_llama");

  /**
   * Finds the columns.
   *
   * @param types the source's columns with their SQL types
   * @throws DataException if a column that was named, or any trace, is not there
   */
  static Projection of(Columns wanted, Map<String, String> types) {
    String trace = column("trace", wanted.trace(), TRACES, types);
    if (trace == null) {
      throw new DataException(
          "no column holds a trace; name one of " + String.join(", ", types.keySet()));
    }
    boolean recorded = trace.equals(SEGMENTS);
    String id = text(column("id", wanted.id(), IDS, types));
    return new Projection(
        id == null && recorded && types.keySet().containsAll(SAMPLE_KEY) ? SAMPLE_ID : id,
        text(column("problem", wanted.problem(), recorded ? QUESTIONS : PROBLEMS, types)),
        text(column("answer", wanted.answer(), ANSWERS, types)),
        trace(trace, types),
        recorded);
  }

  private static @Nullable String column(
      String role, @Nullable String named, List<String> usual, Map<String, String> types) {
    if (named == null) {
      return usual.stream().filter(types::containsKey).findFirst().orElse(null);
    }
    if (!types.containsKey(named)) {
      throw new DataException(
          "there is no column '"
              + named
              + "' for the "
              + role
              + "; the columns are "
              + String.join(", ", types.keySet()));
    }
    return named;
  }

  private static @Nullable String text(@Nullable String column) {
    return column == null ? null : "CAST(" + Duck.name(column) + " AS VARCHAR)";
  }

  private static String trace(String column, Map<String, String> types) {
    String type = types.getOrDefault(column, "");
    String name = Duck.name(column);
    if (column.equals(SEGMENTS)) {
      String pair = types.containsKey(PAIR) ? ", " + PAIR + " := " + Duck.name(PAIR) : "";
      return "CASE WHEN "
          + name
          + " IS NOT NULL THEN CAST(to_json(struct_pack("
          + SEGMENTS
          + " := "
          + name
          + pair
          + ")) AS VARCHAR) END";
    }
    if (type.startsWith("STRUCT") && type.endsWith("[]")) {
      return "list_filter(" + name + ", lambda m: m.role = 'assistant')[-1].content";
    }
    if (!type.endsWith("[]")) {
      return "CAST(" + name + " AS VARCHAR)";
    }
    return "list_filter(" + name + ", lambda g, i: " + usable(types) + ")[1]";
  }

  /** Whether generation i is marked correct and complete, as far as the source has marks. */
  private static String usable(Map<String, String> types) {
    String correct =
        CORRECT.stream()
            .filter(types::containsKey)
            .map(mark -> "coalesce(" + Duck.name(mark) + "[i], false)")
            .reduce((a, b) -> a + " OR " + b)
            .orElse("true");
    String complete =
        types.containsKey("is_reasoning_complete")
            ? "coalesce(is_reasoning_complete[i], false)"
            : "true";
    return "(" + correct + ") AND " + complete;
  }
}
