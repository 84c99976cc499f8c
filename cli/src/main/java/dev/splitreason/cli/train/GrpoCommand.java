package dev.splitreason.cli.train;

import dev.splitreason.cli.error.WrongUse;
import dev.splitreason.training.offload.OffloadConfig;
import dev.splitreason.training.offload.OffloadTraining;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code splitreason train grpo}: a small model learns when to hand over. */
@Command(
    name = "grpo",
    description = "Teach a small model when to hand over, with the large one in the loop.",
    customSynopsis = "splitreason train grpo --config FILE --output FOLDER [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason train grpo --set small=models/small-split.gguf --set large=models/large.gguf \\",
      "    --set rewards.target=0.05 --output runs/grpo",
      "  splitreason train grpo --output runs/grpo --resume"
    })
public final class GrpoCommand implements Callable<Integer> {

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
    OffloadConfig config = run.config(OffloadConfig.DEFAULT, train.configFile());
    return run.run(
        config,
        spec.commandLine().getErr(),
        OffloadTraining::estimate,
        (resolved, folder, processes, listener, stop) -> {
          if (processes.count() > 1) {
            throw new WrongUse("train grpo runs in one process: start it without --nproc");
          }
          return OffloadTraining.run(resolved, folder, listener, stop);
        });
  }
}
