package dev.splitreason.cli.train;

import dev.splitreason.training.pretrain.PretrainConfig;
import dev.splitreason.training.pretrain.Pretraining;
import picocli.CommandLine.Command;

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
public final class PretrainCommand extends TrainingCommand<PretrainConfig> {

  public PretrainCommand() {
    super(PretrainConfig.DEFAULT, Pretraining::estimate, Pretraining::run);
  }
}
