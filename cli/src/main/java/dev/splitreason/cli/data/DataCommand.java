package dev.splitreason.cli.data;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code splitreason data}: makes data sets. */
@Command(
    name = "data",
    description = "Make data sets.",
    synopsisSubcommandLabel = "KIND",
    sortOptions = false,
    subcommands = ChainCommand.class,
    footerHeading = "%nExample:%n",
    footer = "  splitreason data chain --limit 1000 --seed 1 --output chain.jsonl")
@SuppressWarnings("NullAway.Init") // picocli sets the field.
public final class DataCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which data to make: chain");
  }
}
