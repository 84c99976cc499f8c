package dev.splitreason.data.annotate;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.llm.Budget;
import dev.splitreason.data.llm.Endpoint;
import dev.splitreason.data.llm.Endpoint.InDoubt;
import dev.splitreason.data.llm.SnippetSource;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.TraceSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One annotation run; also a program of its own, to be killed. */
final class AnnotateProcess {

  private AnnotateProcess() {}

  public static void main(String[] args) throws Exception {
    run(URI.create(args[0]), args[1], Path.of(args[2]), Path.of(args[3]), Budget.unlimited());
  }

  static AnnotateSummary run(URI base, String traces, Path output, Path cache, Budget budget)
      throws Exception {
    var endpoint =
        new Endpoint(
            base,
            "sloppy",
            null,
            1000,
            0,
            Duration.ofSeconds(20),
            4,
            Duration.ofMillis(1),
            InDoubt.ASK_AGAIN);
    var matcher = new SnippetMatcher(MatchOptions.DEFAULT);
    try (TraceSource source = TraceSource.open(List.of(traces), SourceOptions.ALL);
        LlmAnnotator annotator =
            new LlmAnnotator(new SnippetSource(endpoint, 0.2, budget, cache), matcher)) {
      return new AnnotateRun(annotator, TagSpelling.BIGMODEL, 4)
          .run(source, traces, output, progress -> {});
    }
  }
}
