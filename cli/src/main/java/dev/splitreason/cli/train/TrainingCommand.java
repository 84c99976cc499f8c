package dev.splitreason.cli.train;

import dev.splitreason.cli.options.Configurable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * What the commands of all kinds of training do alike.
 *
 * @param <C> the kind's configuration
 */
abstract class TrainingCommand<C extends Record> implements Callable<Integer>, Configurable {

  private final C defaults;
  private final RunOptions.Estimate<C> estimate;
  private final RunOptions.Training<C> training;

  @ArgGroup(validate = false, heading = "%nThe run:%n")
  private final RunOptions run = new RunOptions();

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private TrainCommand train;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  TrainingCommand(C defaults, RunOptions.Estimate<C> estimate, RunOptions.Training<C> training) {
    this.defaults = defaults;
    this.estimate = estimate;
    this.training = training;
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    C config = run.config(defaults, train.configFile());
    return run.run(config, spec.commandLine(), estimate, training);
  }
}
