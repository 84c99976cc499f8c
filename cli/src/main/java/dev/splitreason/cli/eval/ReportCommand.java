package dev.splitreason.cli.eval;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.evaluation.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code splitreason report}: a page with the figures of a run. */
@Command(
    name = "report",
    description = "Write report.html and its figures into the folder of an evaluation.",
    sortOptions = false)
public final class ReportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The folder that eval --output has written.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print one JSON document instead of the page's path.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path page = Report.write(folder == null ? Path.of("") : folder);
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(
          document -> {
            document.writeStartObject();
            document.writeStringProperty("report", page.toString());
            document.writeEndObject();
          });
    } else {
      out.println(page.toString());
    }
    return ExitStatus.OK;
  }
}
