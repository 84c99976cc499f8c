package dev.splitreason.cli.info;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.PairOptions;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.PairSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason info}: shows what there is to work with. */
@Command(
    name = "info",
    description = "Show versions, the engine, the machine and the models of a pair.",
    customSynopsis = "splitreason info [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason info",
      "  splitreason info --json | jq .engine",
      "  splitreason info --small 1.5b.gguf --large 32b.gguf"
    })
public final class InfoCommand implements Callable<Integer>, Configurable {

  @ArgGroup(validate = false, heading = "%nThe models:%n")
  private final PairOptions pairOptions = new PairOptions();

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Override
  public Integer call() throws IOException {
    Config config = invocation.config();
    PairSettings pair = pairOptions.choose(config);
    InfoDocument report = InfoDocument.of(config, pair);
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(report);
    } else {
      out.print(ReportText.of(report));
    }
    return report.isComplete() ? ExitStatus.OK : ExitStatus.FAILURE;
  }
}
