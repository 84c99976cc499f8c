package dev.splitreason.data.annotate;

import dev.splitreason.data.annotate.Annotation.Cost;
import dev.splitreason.data.match.Matching;
import dev.splitreason.data.match.SnippetFile;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.store.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** Finds snippets that were chosen earlier, from a file of lines {@code {"id", "snippets"}}. */
public final class ReplayAnnotator implements Annotator {

  private final Path path;
  private final SnippetFile file;
  private final String sum;
  private final SnippetMatcher matcher;
  private final Map<Long, String> repeated;

  /**
   * @param repeated rows whose id an earlier row has, and where: they get no snippets
   * @param problems gets a line for each line of the file that cannot be used
   * @throws IOException if the file cannot be read
   */
  public ReplayAnnotator(
      Path path, SnippetMatcher matcher, Map<Long, String> repeated, Consumer<String> problems)
      throws IOException {
    this.path = path;
    this.matcher = matcher;
    this.repeated = Map.copyOf(repeated);
    file = SnippetFile.open(path, problems);
    sum = file.sum();
  }

  @Override
  public Provenance provenance() {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("--snippets", "%s (SHA-256 %.12s…)".formatted(path, sum));
    settings.putAll(matcher.options().settings());
    return new Provenance("replay", String.valueOf(path.getFileName()), null, settings);
  }

  @Override
  public Annotation annotate(SourceTrace trace) throws IOException {
    String earlier = repeated.get(trace.row());
    if (earlier != null) {
      return new Annotation.Rejected(
          Status.MALFORMED,
          "repeats the id '%s' of %s".formatted(trace.id(), earlier),
          List.of(),
          Cost.NONE);
    }
    List<String> snippets = file.snippets(trace.id());
    if (snippets.isEmpty()) {
      return new Annotation.Rejected(
          Status.EMPTY, "the file has no snippets for it", List.of(), Cost.NONE);
    }
    Matching matching = matcher.match(trace.text(), snippets);
    if (matching.spans().isEmpty()) {
      return new Annotation.Rejected(
          Status.UNMATCHED, "no snippet stands in the trace", matching.unmatched(), Cost.NONE);
    }
    return new Annotation.Found(matching.spans(), matching.unmatched(), Cost.NONE);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
