package dev.splitreason.cli.stats;

import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.RowOptions;
import dev.splitreason.cli.options.UnsafeModelOption;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.data.stats.Figures;
import dev.splitreason.data.stats.HtmlPage;
import dev.splitreason.data.stats.StatisticsReport;
import dev.splitreason.data.stats.TraceFilter;
import dev.splitreason.files.jsonl.Destination;
import dev.splitreason.pairs.open.Models;
import dev.splitreason.pairs.open.OpenModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason stats}: how much is offloaded, where, and in what pieces. */
@Command(
    name = "stats",
    description = "Count what is offloaded in annotated sets and recorded answers.",
    customSynopsis = "splitreason stats [OPTIONS] FILE...",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason stats set.parquet --html stats.html --png figures",
      "  splitreason stats --json --max-share 0.3 set.parquet | jq .kept.offload_share.mean",
      "  splitreason stats --filter \"policy = 'learned'\" runs/chain/samples.jsonl"
    })
public final class StatsCommand implements Callable<Integer>, Configurable {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Annotated sets, traces of ask --trace or samples of eval: files, globs or http(s)"
              + " addresses.")
  private List<String> files = List.of();

  @Option(
      names = "--min-share",
      paramLabel = "S",
      description = "Keep traces with at least this share offloaded (default: 0.005).")
  private double minShare = TraceFilter.DEFAULT.minShare();

  @Option(
      names = "--max-share",
      paramLabel = "S",
      description = "Keep traces with at most this share offloaded (default: 0.5).")
  private double maxShare = TraceFilter.DEFAULT.maxShare();

  @Option(
      names = "--tokenizer",
      paramLabel = "MODEL",
      description =
          "Count the tokens of spans as this model (a GGUF file or a name of the configuration)"
              + " does; recorded answers bring their counts along.")
  private @Nullable String tokenizer;

  @Mixin private final UnsafeModelOption unsafe = new UnsafeModelOption();

  @Option(names = "--json", description = "Print one JSON document instead of tables.")
  private boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page that stands alone.")
  private @Nullable Path html;

  @Option(
      names = "--png",
      paramLabel = "DIR",
      description = "Write the figures positions.png, shares.png and samples.png.")
  private @Nullable Path png;

  @ArgGroup(validate = false, heading = "%nThe traces:%n")
  private final RowOptions rowOptions = new RowOptions();

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(minShare >= 0 && minShare <= maxShare && maxShare <= 1)) {
      throw new UserMistake(
          "the shares to keep must be 0 … 1, least first, not " + minShare + " to " + maxShare);
    }
    if (tokenizer == null && invocation.configFile() != null) {
      throw UserMistake.ofOption("--config", "tells the models of --tokenizer, which is not given");
    }
    if (tokenizer == null && unsafe.isGiven()) {
      throw UserMistake.ofOption(
          "--unsafe-model", "is about the model of --tokenizer, which is not given");
    }
    if (html != null) {
      OutputFile.requireWritable(html);
    }
    if (png != null) {
      OutputFile.makeFolder(png);
    }
    StatisticsReport report = report();
    if (html != null) {
      Files.writeString(html, HtmlPage.of(report));
    }
    if (png != null) {
      Figures.of(report).write(png);
    }
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(report);
    } else {
      out.print(StatisticsText.of(report));
    }
    return 0;
  }

  private StatisticsReport report() throws IOException, InterruptedException {
    SourceOptions rows = rowOptions.toOptions();
    try (OpenModel model = tokenizer == null ? null : open(tokenizer);
        TraceSource source = TraceSource.open(files, rows)) {
      if (html != null) {
        Destination.requireApart("--html", html, source.files());
      }
      if (png != null) {
        Destination.requireApart("--png", png, source.files());
      }
      var filter = new TraceFilter(minShare, maxShare);
      return StatisticsReport.of(
          source, filter, model == null ? null : counter(model), rows.seed());
    }
  }

  private OpenModel open(String name) throws IOException {
    return Models.open(unsafe.applyTo(invocation.config().model(name)));
  }

  private static ToIntFunction<String> counter(OpenModel model) {
    Tokenizer tokens = model.model().tokenizer();
    if (tokens == null) {
      throw new UserMistake(model.settings().location() + " does not tell its tokens");
    }
    return text -> tokens.tokenize(text).length;
  }
}
