package dev.splitreason.cli.annotate;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.PairOptions;
import dev.splitreason.cli.options.RowOptions;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.annotate.AnnotateRun;
import dev.splitreason.data.annotate.AnnotateSummary;
import dev.splitreason.data.annotate.ReplayAnnotator;
import dev.splitreason.data.annotate.TagsAnnotator;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.data.store.Dataset;
import dev.splitreason.files.jsonl.Destination;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.config.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason annotate}: makes an offloading data set of reasoning traces. */
@Command(
    name = "annotate",
    description = "Mark the hard parts of reasoning traces, as training data for offloading.",
    customSynopsis =
        "splitreason annotate --annotator llm|divergence|replay|tags --output FILE [OPTIONS]"
            + " FILE...",
    sortOptions = false,
    footerHeading =
        "%nFinished traces are kept in OUTPUT.journal: after Ctrl-C, a crash or a used-up budget"
            + " the same command goes on where it was.%n%nExamples:%n",
    footer = {
      "  splitreason annotate --annotator llm --endpoint http://localhost:8000/v1 --model r1 \\",
      "      --output set.parquet 'openr1/*.parquet'",
      "  splitreason annotate --annotator llm --endpoint https://api.example.com/v1 --model m \\",
      "      --api-key-env KEY --money-budget 20 --prompt-price 0.55 --completion-price 2.19 \\",
      "      --sample 18000 --seed 1 --output set.parquet openr1.parquet",
      "  splitreason annotate --annotator divergence --pair chain --output set.jsonl chain.jsonl",
      "  splitreason annotate --annotator replay --snippets s.jsonl --output set.jsonl t.jsonl",
      "  splitreason annotate --annotator tags --filter \"length(text) < 20000\" \\",
      "      --output short.parquet published.parquet"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
public final class AnnotateCommand implements Callable<Integer>, Configurable {

  private static final int REQUESTS_AT_ONCE = 8;

  /** A fifth of the text, as in arXiv 2504.16379. */
  private static final double USUAL_SHARE = 0.2;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Traces: Parquet, JSONL, JSON or CSV files, globs or http(s) addresses.")
  private List<String> files;

  @Option(
      names = "--annotator",
      required = true,
      paramLabel = "KIND",
      description =
          "Who says what is hard: llm (a remote model), divergence (a pair), replay (a file of"
              + " snippets), tags (the tags in the source).")
  private AnnotatorKind kind;

  @Option(
      names = {"--output", "-o"},
      required = true,
      paramLabel = "FILE",
      description = "The data set: .parquet or .jsonl.")
  private Path output;

  @Option(
      names = "--target-share",
      paramLabel = "S",
      description =
          "Share of the text to mark, above 0 and below 1: llm asks for so much of each trace,"
              + " divergence takes what is worth most of all traces (default: 0.2).")
  private @Nullable Double targetShare;

  @Option(
      names = "--threshold",
      paramLabel = "S",
      defaultValue = "" + MatchOptions.DEFAULT_THRESHOLD,
      description =
          "Least similarity of a snippet to its place in the trace, 0 to 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private double threshold;

  @Option(
      names = "--merge-gap",
      paramLabel = "N",
      description =
          "Merge spans with at most N characters between (default: 10, of a pair of short spans"
              + " 0).")
  private @Nullable Integer mergeGap;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Traces at once (default: llm 8, divergence 1, else one a core).")
  private @Nullable Integer concurrency;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @ArgGroup(validate = false, heading = "%nThe traces:%n")
  private final RowOptions rowOptions = new RowOptions();

  @ArgGroup(validate = false, heading = "%nAnnotator llm:%n")
  private final LlmOptions llmOptions = new LlmOptions();

  @ArgGroup(validate = false, heading = "%nAnnotator divergence:%n")
  private final DivergenceArguments divergenceOptions = new DivergenceArguments();

  @ArgGroup(validate = false, heading = "%nIts pair:%n")
  private final PairOptions pairOptions = new PairOptions();

  @ArgGroup(validate = false, heading = "%nThe machine:%n")
  private final CoreOptions cores = new CoreOptions();

  @Option(
      names = "--snippets",
      paramLabel = "FILE",
      description = "For replay: JSON lines {\"id\", \"snippets\": [...]}.")
  private @Nullable Path snippets;

  @ParentCommand private Invocation invocation;

  @Override
  public Integer call() throws IOException {
    requireFitting();
    Dataset.requireKnownFormat(output);
    if (snippets != null) {
      Destination.requireApart("--output", output, List.of(snippets));
    }
    OutputFile.requireWritable(output);
    PrintWriter stderr = invocation.stderr();
    SummaryView summary;
    try (Shutdown _ = Shutdown.interrupting()) {
      try {
        summary = annotate(rowOptions.toOptions(), stderr);
      } catch (InterruptedException e) {
        Path journal = AnnotateRun.journalOf(output);
        stderr.println(
            journal == null
                ? "annotate: interrupted; nothing is kept where the output is no file"
                : "annotate: interrupted; what was done is in "
                    + journal
                    + ", and the same command goes on from there");
        return ExitStatus.INTERRUPTED;
      }
    }
    return show(summary, stderr);
  }

  private SummaryView annotate(SourceOptions rows, PrintWriter stderr)
      throws IOException, InterruptedException {
    try (TraceSource source = TraceSource.open(files, rows);
        OpenAnnotator open = open(source, stderr);
        var progress = new TraceProgress(source.count(), stderr)) {
      var run = new AnnotateRun(open.annotator(), TagSpelling.BIGMODEL, concurrency());
      AnnotateSummary summary = run.run(source, output, progress);
      return new SummaryView(summary, output, open.askedAgain());
    }
  }

  private void requireFitting() {
    if (kind != AnnotatorKind.LLM && llmOptions.given()) {
      throw new UserMistake("--endpoint and --model are for --annotator llm, not " + kind);
    }
    if (kind != AnnotatorKind.REPLAY && snippets != null) {
      throw UserMistake.ofOption("--snippets", "is for --annotator replay, not " + kind);
    }
    if (targetShare != null && (kind == AnnotatorKind.REPLAY || kind == AnnotatorKind.TAGS)) {
      throw UserMistake.ofOption(
          "--target-share",
          "is for --annotator llm or divergence: nothing tells which spans of "
              + kind
              + " are worth most");
    }
    if (kind != AnnotatorKind.DIVERGENCE && invocation.configFile() != null) {
      throw UserMistake.ofOption("--config", "is for --annotator divergence, not " + kind);
    }
    if (concurrency != null && concurrency < 1) {
      throw UserMistake.ofOption("--concurrency", "must be at least 1, not " + concurrency);
    }
  }

  private OpenAnnotator open(TraceSource source, PrintWriter stderr)
      throws IOException, InterruptedException {
    return switch (kind) {
      case LLM ->
          llmOptions.open(
              share(),
              matcher(MatchOptions.DEFAULT_MERGE_GAP),
              output,
              ServerSettings.apiKey(pairOptions.apiKeyVariable(), System.getenv()));
      case DIVERGENCE -> {
        PairSettings pair = pairOptions.choose(invocation.config());
        int gap = DivergenceArguments.hasShortSpans(pair) ? 0 : MatchOptions.DEFAULT_MERGE_GAP;
        yield divergenceOptions.open(pair, share(), matcher(gap), cores.count(), concurrency());
      }
      case REPLAY ->
          OpenAnnotator.of(
              new ReplayAnnotator(
                  snippetFile(),
                  matcher(MatchOptions.DEFAULT_MERGE_GAP),
                  repeatedIds(source, stderr),
                  stderr::println));
      case TAGS -> OpenAnnotator.of(new TagsAnnotator());
    };
  }

  /** Snippets are found by the id of a trace, so one that has another's gets none. */
  private static Map<Long, String> repeatedIds(TraceSource source, PrintWriter stderr) {
    Map<Long, String> repeated = source.repeatedIds();
    repeated.forEach(
        (row, earlier) -> stderr.println("annotate: row " + row + " repeats the id of " + earlier));
    return repeated;
  }

  private Path snippetFile() {
    if (snippets == null) {
      throw new UserMistake("the annotator replay needs --snippets");
    }
    return snippets;
  }

  private SnippetMatcher matcher(int usualGap) {
    int gap = mergeGap == null ? usualGap : mergeGap;
    return new SnippetMatcher(new MatchOptions(threshold, gap, TagSpelling.BIGMODEL));
  }

  private double share() {
    return targetShare == null ? USUAL_SHARE : targetShare;
  }

  private int concurrency() {
    if (concurrency != null) {
      return concurrency;
    }
    return switch (kind) {
      case LLM -> REQUESTS_AT_ONCE;
      case DIVERGENCE -> 1;
      case REPLAY, TAGS -> Runtime.getRuntime().availableProcessors();
    };
  }

  private int show(SummaryView summary, PrintWriter stderr) {
    Stdout out = Stdout.beside(output);
    if (json) {
      out.json(summary.document());
    } else {
      out.println(summary.text());
    }
    String stopped = summary.summary().stoppedBecause();
    if (stopped != null) {
      boolean kept = AnnotateRun.journalOf(output) != null;
      stderr.println(
          "annotate: stopped: " + stopped + (kept ? "; the same command goes on from there" : ""));
    }
    return summary.incomplete() ? ExitStatus.FAILURE : ExitStatus.OK;
  }
}
