package dev.splitreason.data.match;

import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.TagWrapper;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.LineWriter;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.jsonl.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Matches a file of snippets with a file of traces.
 *
 * <p>Traces are lines {@code {"id", "text"}}, snippets {@code {"id", "snippets": [...]}}, in any
 * order; other fields are ignored. For every good trace one line {@code {"id", "spans": [{"start",
 * "end", "score"}], "annotated", "unmatched"}} is written, in the order of the traces. Offsets
 * count UTF-16 units of the text. A line that cannot be used is told and skipped. Traces are
 * streamed; of the snippets only the ids and their places in the file are held.
 */
public final class MatchRun {

  private final SnippetMatcher matcher;
  private final TagWrapper wrapper;

  public MatchRun(MatchOptions options) {
    matcher = new SnippetMatcher(options);
    wrapper = new TagWrapper(options.tags());
  }

  /**
   * Matches, and replaces {@code output} when all is done.
   *
   * @param problems gets a line for each line of the inputs that cannot be used
   * @throws IOException if a file cannot be read or written; {@code output} is then as it was
   */
  public MatchSummary run(Path traces, Path snippets, Path output, Consumer<String> problems)
      throws IOException {
    var tally = new Tally(problems);
    try (SnippetFile snippetFile = SnippetFile.open(snippets, tally::problem);
        LineReader reader = LineReader.open(traces);
        LineWriter writer = LineWriter.open(output)) {
      Map<String, Long> lines = new HashMap<>();
      for (Line line = reader.next(); line != null; line = reader.next()) {
        try {
          ObjectNode trace = line.object();
          requireNewId(trace, line.number(), lines);
          writer.write(annotate(trace, snippetFile, tally));
        } catch (MalformedLineException e) {
          tally.problem(
              new Origin(traces).name() + " line " + line.number() + " " + e.getMessage());
        }
      }
      reader.requireLines();
      snippetFile.unused().forEach(tally::problem);
      writer.complete();
    }
    return tally.summary();
  }

  private static void requireNewId(ObjectNode trace, long line, Map<String, Long> lines)
      throws MalformedLineException {
    String id = Fields.id(trace).asString();
    Long earlier = lines.putIfAbsent(id, line);
    if (earlier != null) {
      throw new MalformedLineException("repeats the id '" + id + "' of line " + earlier);
    }
  }

  private MatchedTrace annotate(ObjectNode trace, SnippetFile snippetFile, Tally tally)
      throws IOException, MalformedLineException {
    JsonNode id = Fields.id(trace);
    String text = Fields.text(trace);
    List<String> snippets = snippetFile.snippets(id.asString());
    Matching matching = matcher.match(text, snippets);
    tally.add(snippets.size(), matching);
    return new MatchedTrace(
        id, matching.spans(), wrapper.wrap(text, matching.places()), matching.unmatched());
  }

  /** One line of output. */
  private record MatchedTrace(
      JsonNode id, List<ScoredSpan> spans, String annotated, List<String> unmatched) {}

  /** Counts while the run goes on. */
  private static final class Tally {
    private final Consumer<String> listener;
    private long traces;
    private long snippets;
    private long unmatched;
    private long spans;
    private long problems;

    Tally(Consumer<String> listener) {
      this.listener = listener;
    }

    void problem(String line) {
      problems++;
      listener.accept(line);
    }

    void add(int snippetsGiven, Matching matching) {
      traces++;
      snippets += snippetsGiven;
      unmatched += matching.unmatched().size();
      spans += matching.spans().size();
    }

    MatchSummary summary() {
      return new MatchSummary(traces, snippets, unmatched, spans, problems);
    }
  }
}
