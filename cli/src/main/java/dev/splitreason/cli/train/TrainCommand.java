package dev.splitreason.cli.train;

import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.Invocation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code splitreason train}: its subcommands. */
@Command(
    name = "train",
    description = "Train models: from nothing, on annotated traces, or by GRPO.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    subcommands = {PretrainCommand.class, SftCommand.class, GrpoCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason train pretrain --config models/recipes/small.yaml --output runs/small",
      "  splitreason train sft --config models/recipes/small-sft.yaml --output runs/small-sft",
      "  splitreason train sft --config models/recipes/paper-1.5b.yaml --dry-run",
      "  splitreason train grpo --config models/recipes/paper-grpo.yaml --dry-run"
    })
public final class TrainCommand implements Runnable, Configurable {

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to train: " + String.join(", ", spec.subcommands().keySet()));
  }

  /** The configuration file that was given: here it tells what to train. */
  @Nullable Path configFile() {
    return invocation.configFile();
  }
}
