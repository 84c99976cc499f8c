package dev.splitreason.cli.show;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.RowOptions;
import dev.splitreason.cli.output.Highlight;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.text.Suggestion;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.source.TraceSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason show}: traces with their spans highlighted. */
@Command(
    name = "show",
    description = "Show traces with their offloaded spans highlighted.",
    customSynopsis = "splitreason show [OPTIONS] --id ID FILE...",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason show set.parquet --id chain-1-7",
      "  splitreason show runs/chain/samples.jsonl --id chain-0-3/learned/0 | less -R"
    })
public final class ShowCommand implements Callable<Integer> {

  /** Names that are remembered to suggest one of them. */
  private static final int NAMES_REMEMBERED = 10_000;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Annotated sets, traces of ask --trace or samples of eval: files, globs or http(s)"
              + " addresses.")
  private List<String> files = List.of();

  @Option(
      names = "--id",
      required = true,
      paramLabel = "ID",
      description = "The trace's name; may be repeated.")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "Print one JSON document a trace instead of text.")
  private boolean json;

  @Option(names = "--no-color", description = "Mark spans with ⟦ ⟧ on a terminal too.")
  private boolean noColor;

  @ArgGroup(validate = false, heading = "%nThe traces:%n")
  private final RowOptions rowOptions = new RowOptions();

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Override
  public Integer call() throws InterruptedException {
    Stdout out = Stdout.ofProcess();
    Highlight highlight = Highlight.forStdout(noColor);
    Set<String> wanted = new LinkedHashSet<>(ids);
    List<String> others = new ArrayList<>();
    try (TraceSource source = TraceSource.open(files, rowOptions.toOptions())) {
      for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
        if (ids.contains(trace.id())) {
          wanted.remove(trace.id());
          show(new TraceView(trace), highlight, out);
        } else if (others.size() < NAMES_REMEMBERED) {
          others.add(trace.id());
        }
      }
    }
    for (String missing : wanted) {
      invocation
          .stderr()
          .println(
              "splitreason: no trace is named '"
                  + missing
                  + "'"
                  + Suggestion.after(missing, others));
    }
    return wanted.isEmpty() ? ExitStatus.OK : ExitStatus.FAILURE;
  }

  private void show(TraceView trace, Highlight highlight, Stdout out) {
    if (json) {
      out.json(trace.document());
    } else {
      out.printStyled(trace.text(highlight));
    }
  }
}
