package dev.splitreason.cli.train;

import dev.splitreason.training.grpo.OffloadConfig;
import dev.splitreason.training.grpo.OffloadTraining;
import picocli.CommandLine.Command;

/** {@code splitreason train grpo}: a small model learns when to hand over. */
@Command(
    name = "grpo",
    description = "Teach a small model when to hand over, with the large one in the loop.",
    customSynopsis = "splitreason train grpo --config FILE --output FOLDER [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason train grpo --set models.small=models/small-split.gguf \\",
      "    --set models.large=models/large.gguf \\",
      "    --set rewards.target=0.05 --output runs/grpo",
      "  splitreason train grpo --output runs/grpo --resume"
    })
public final class GrpoCommand extends TrainingCommand<OffloadConfig> {

  public GrpoCommand() {
    super(OffloadConfig.DEFAULT, OffloadTraining::estimate, OffloadTraining::run);
  }
}
