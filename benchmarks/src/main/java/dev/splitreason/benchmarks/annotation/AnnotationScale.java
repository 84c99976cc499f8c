package dev.splitreason.benchmarks.annotation;

import dev.splitreason.benchmarks.BenchmarkCommand;
import dev.splitreason.core.file.FileTree;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.annotate.AnnotateRun;
import dev.splitreason.data.annotate.AnnotateSummary;
import dev.splitreason.data.annotate.ReplayAnnotator;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.files.jsonl.LineWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code benchmarks/annotation-scale/run}. */
@Command(
    name = "annotation-scale",
    mixinStandardHelpOptions = true,
    description =
        "Tells whether the memory of a whole annotation run stays flat, and how many rows a second"
            + " it does.")
public final class AnnotationScale implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "TRACES", description = "(default: ${DEFAULT-VALUE})")
  private int traces = 220_000;

  @SuppressWarnings("InlineFormatString") // a text of its own
  private static final String PARAGRAPH =
      """
      Let me set up case %d carefully before computing anything, and restate what is asked.

      Multiplying gives $%d \\cdot %d = %d$, which I should verify in another way. So far so good.

      """;

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    BenchmarkCommand.run(new AnnotationScale(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("annotation-scale");
    try {
      make(folder, traces);
      long began = System.nanoTime();
      AnnotateSummary summary = annotate(folder);
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%s of %d traces (%d MB) in %.0f s: %.0f rows/s; peak heap %d MB; output %d MB%n",
          summary.byStatus(),
          traces,
          Files.size(folder.resolve("traces.jsonl")) >> 20,
          seconds,
          traces / seconds,
          peakHeap() >> 20,
          Files.size(folder.resolve("out.parquet")) >> 20);
    } finally {
      FileTree.delete(folder);
    }
    return 0;
  }

  private record Trace(String id, String text) {}

  private record Snippets(String id, List<String> snippets) {}

  private static void make(Path folder, int traces) throws IOException {
    try (LineWriter texts = LineWriter.open(folder.resolve("traces.jsonl"));
        LineWriter snippets = LineWriter.open(folder.resolve("snippets.jsonl"))) {
      for (int i = 0; i < traces; i++) {
        var text = new StringBuilder();
        for (int p = 0; p < 16; p++) {
          int a = 100 * p + i % 97 + 11;
          int b = i % 89 + 11;
          text.append(PARAGRAPH.formatted(p, a, b, a * b));
        }
        int product = (300 + i % 97 + 11) * (i % 89 + 11);
        texts.write(new Trace("trace-" + i, text.toString()));
        snippets.write(
            new Snippets(
                "trace-" + i,
                List.of(
                    "= %d$, which I should verifi".formatted(product), "case 7 carefuly before")));
      }
      texts.complete();
      snippets.complete();
    }
  }

  private static AnnotateSummary annotate(Path folder) throws IOException, InterruptedException {
    var matcher = new SnippetMatcher(MatchOptions.DEFAULT);
    Consumer<String> problems = System.err::println;
    String traces = folder.resolve("traces.jsonl").toString();
    try (TraceSource source = TraceSource.open(List.of(traces), SourceOptions.ALL);
        var annotator =
            new ReplayAnnotator(
                folder.resolve("snippets.jsonl"), matcher, source.repeatedIds(), problems)) {
      return new AnnotateRun(annotator, TagSpelling.BIGMODEL, 2)
          .run(source, folder.resolve("out.parquet"), progress -> {});
    }
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
