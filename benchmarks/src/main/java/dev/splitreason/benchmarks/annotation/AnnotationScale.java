import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.annotate.AnnotateRun;
import dev.splitreason.data.annotate.AnnotateSummary;
import dev.splitreason.data.annotate.ReplayAnnotator;
import dev.splitreason.files.jsonl.LineWriter;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.Folders;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.TraceSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether the memory of a whole annotation run stays flat, and how many rows a second it does. */
final class AnnotationScale {

  private static final String PARAGRAPH =
      """
      Let me set up case %d carefully before computing anything, and restate what is asked.

      Multiplying gives $%d \\cdot %d = %d$, which I should verify in another way. So far so good.

      """;

  private AnnotationScale() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int traces = args.length > 0 ? Integer.parseInt(args[0]) : 220_000;
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
      Folders.delete(folder);
    }
  }

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
        texts.write(Map.of("id", "trace-" + i, "text", text.toString()));
        snippets.write(
            Map.of(
                "id",
                "trace-" + i,
                "snippets",
                List.of("= %d$, which I should verifi".formatted(product), "case 7 carefuly before")));
      }
      texts.complete();
      snippets.complete();
    }
  }

  private static AnnotateSummary annotate(Path folder) throws IOException, InterruptedException {
    var matcher = new SnippetMatcher(MatchOptions.DEFAULT);
    String traces = folder.resolve("traces.jsonl").toString();
    try (TraceSource source = TraceSource.open(List.of(traces), SourceOptions.ALL);
        var annotator =
            new ReplayAnnotator(folder.resolve("snippets.jsonl"), matcher, System.err::println)) {
      return new AnnotateRun(annotator, TagSpelling.BIGMODEL, 2)
          .run(source, traces, folder.resolve("out.parquet"), progress -> {});
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
