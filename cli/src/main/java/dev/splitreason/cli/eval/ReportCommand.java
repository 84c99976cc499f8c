package dev.splitreason.cli.eval;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.evaluation.report.EvaluationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code splitreason report}: a page with the figures of runs. */
@Command(
    name = "report",
    description = "Write report.html and its figures, from the folders of evaluations.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason report runs/chain --profile roofline:h100:1.5b:32b",
      "  splitreason report runs/checkpoint-1 runs/checkpoint-2 --output runs/compared"
    })
public final class ReportCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "Folders that eval --output has written, of one benchmark. Two checkpoints are shown"
              + " side by side.")
  private List<Path> folders = List.of();

  @Option(
      names = {"--output", "-o"},
      paramLabel = "DIR",
      description = "Where the report goes (default: the first folder).")
  private @Nullable Path output;

  @Mixin private final HardwareOption hardware = new HardwareOption();

  @Mixin private final PriceOptions prices = new PriceOptions();

  @Option(names = "--json", description = "Print one JSON document instead of the page's path.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path page =
        EvaluationReport.write(
            folders,
            hardware.profile(),
            prices.prices(),
            output == null ? folders.getFirst() : output);
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(new Written(page.toString()));
    } else {
      out.println(page.toString());
    }
    return ExitStatus.OK;
  }

  /**
   * The document of {@code report --json}.
   *
   * @param report the page
   */
  private record Written(String report) {}
}
