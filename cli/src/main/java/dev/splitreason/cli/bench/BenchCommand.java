package dev.splitreason.cli.bench;

import dev.splitreason.cli.options.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code splitreason bench}: measures two models on this machine. */
@Command(
    name = "bench",
    description = "Measure what two models cost on this machine.",
    synopsisSubcommandLabel = "WHAT",
    sortOptions = false,
    subcommands = {HandOffCommand.class, MakeModelCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason bench make-model --shape qwen2-0.5b small.gguf",
      "  splitreason bench make-model --shape qwen2-1.5b large.gguf",
      "  splitreason bench handoff --small small.gguf --large large.gguf"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @ParentCommand private Invocation invocation;

  /** Tells how far it is. */
  void tell(String line) {
    invocation.stderr().println(line);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: handoff or make-model");
  }
}
