package dev.splitreason.cli.options;

import dev.splitreason.pairs.config.ModelSettings;
import picocli.CommandLine.Option;

/** The option that opens model files of kinds that are not known to work. */
public final class UnsafeModelOption {

  static final String NAME = "--unsafe-model";

  static final String DESCRIPTION =
      "Open model files even if their architecture is not known to work, after a trial in a"
          + " process of its own.";

  @Option(names = NAME, description = DESCRIPTION)
  private boolean given;

  /** Whether it is given. */
  public boolean isGiven() {
    return given;
  }

  /** A model's settings with what this option adds to them. */
  public ModelSettings applyTo(ModelSettings settings) {
    return settings.withUnsafe(given || settings.unsafe());
  }
}
