package dev.splitreason.cli.train;

import dev.splitreason.training.sft.FineTuning;
import dev.splitreason.training.sft.SftConfig;
import picocli.CommandLine.Command;

/** {@code splitreason train sft}: a checkpoint learns from annotated traces. */
@Command(
    name = "sft",
    description = "Fine-tune a checkpoint on annotated traces.",
    customSynopsis = "splitreason train sft --config FILE --output FOLDER [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason train sft --config models/recipes/small-sft.yaml --output runs/small-sft",
      "  splitreason train sft --output runs/small-sft --resume"
    })
public final class SftCommand extends TrainingCommand<SftConfig> {

  public SftCommand() {
    super(SftConfig.DEFAULT, FineTuning::estimate, FineTuning::run);
  }
}
