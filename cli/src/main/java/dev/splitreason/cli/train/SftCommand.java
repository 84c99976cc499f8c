package dev.splitreason.cli.train;

import dev.splitreason.training.sft.FineTuning;
import dev.splitreason.training.sft.SftConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code splitreason train sft}: a checkpoint learns from annotated traces. */
@Command(
    name = "sft",
    description = "Fine-tune a checkpoint on annotated traces.",
    customSynopsis = "splitreason train sft --config FILE --output FOLDER [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason train sft --config models/recipes/small-sft.yaml --output runs/small-sft",
      "  splitreason train sft --output runs/small-split --resume"
    })
public final class SftCommand implements Callable<Integer> {

  @ArgGroup(validate = false, heading = "%nThe run:%n")
  private final RunOptions run = new RunOptions();

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private TrainCommand train;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SftConfig config = run.config(SftConfig.DEFAULT, train.configFile());
    return run.run(config, spec.commandLine().getErr(), FineTuning::estimate, FineTuning::run);
  }
}
