package dev.splitreason.cli.train;

import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.pretrain.Pretraining;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code splitreason train pretrain}: a chain model from nothing. */
@Command(
    name = "pretrain",
    description = "Train a chain-arithmetic model from nothing.",
    customSynopsis = "splitreason train pretrain --config FILE --output FOLDER [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason train pretrain --config models/recipes/small.yaml --output runs/small",
      "  splitreason train pretrain --output runs/small --resume"
    })
public final class PretrainCommand implements Callable<Integer> {

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
    PretrainConfig config = run.config(PretrainConfig.DEFAULT, train.configFile());
    return run.run(config, spec.commandLine().getErr(), Pretraining::estimate, Pretraining::run);
  }
}
