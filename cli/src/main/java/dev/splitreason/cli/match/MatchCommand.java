package dev.splitreason.cli.match;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.MatchRun;
import dev.splitreason.data.match.MatchSummary;
import dev.splitreason.files.jsonl.Destination;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds snippets of a file in the traces of another, and writes the traces with tags. */
@Command(
    name = "match",
    description = "Find imperfectly copied snippets in their traces and tag them there.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  splitreason match --traces t.jsonl --snippets s.jsonl --output tagged.jsonl")
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
public final class MatchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--traces",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines {\"id\", \"text\"}.")
  private Path traces;

  @Option(
      names = "--snippets",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines {\"id\", \"snippets\": [...]}.")
  private Path snippets;

  @Option(
      names = {"--output", "-o"},
      required = true,
      paramLabel = "FILE",
      description = "Gets {\"id\", \"spans\", \"annotated\", \"unmatched\"} a line.")
  private Path output;

  @Option(
      names = "--threshold",
      defaultValue = "" + MatchOptions.DEFAULT_THRESHOLD,
      paramLabel = "S",
      description = "Least similarity of a match, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double threshold;

  @Option(
      names = "--merge-gap",
      defaultValue = "" + MatchOptions.DEFAULT_MERGE_GAP,
      paramLabel = "N",
      description = "Merge spans with at most N characters between (default: ${DEFAULT-VALUE}).")
  private int mergeGap;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var options = new MatchOptions(threshold, mergeGap, TagSpelling.BIGMODEL);
    Destination.requireApart("--output", output, List.of(traces, snippets));
    OutputFile.requireWritable(output);
    PrintWriter err = spec.commandLine().getErr();
    MatchSummary summary = new MatchRun(options).run(traces, snippets, output, err::println);
    err.flush();
    Stdout out = Stdout.beside(output);
    if (json) {
      out.json(summary);
    } else {
      out.println(
          "%d traces, %d of %d snippets found, %d spans, %d lines could not be used"
              .formatted(
                  summary.traces(),
                  summary.snippets() - summary.unmatched(),
                  summary.snippets(),
                  summary.spans(),
                  summary.problems()));
    }
    return summary.problems() == 0 ? 0 : ExitStatus.FAILURE;
  }
}
