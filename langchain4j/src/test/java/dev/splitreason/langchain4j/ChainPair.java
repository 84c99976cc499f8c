package dev.splitreason.langchain4j;

import dev.splitreason.pairs.PairBuilder;
import dev.splitreason.pairs.Pairs;
import dev.splitreason.pairs.open.OpenPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bundled pair, without the configuration of whoever runs the tests. */
final class ChainPair {

  static final String QUESTION =
      "Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. Give the last two"
          + " digits.";

  static final String REASONING = "37*48=1776\n76+29=05\n05-85=20\n20*12=0240\n";

  private ChainPair() {}

  static OpenPair open() {
    return builder().open();
  }

  /** Asked by a template that opens no reasoning, so that all it writes is answer. */
  static OpenPair plain() {
    try {
      Path template = Files.createTempFile("plain", ".txt");
      template.toFile().deleteOnExit();
      Files.writeString(template, "{question}\n");
      return builder().template(template.toString()).open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PairBuilder builder() {
    try {
      Path configuration = Files.createTempFile("splitreason", ".yaml");
      configuration.toFile().deleteOnExit();
      Files.writeString(configuration, "defaults: {sampling: {seed: 7}}");
      return Pairs.builder().pair("chain").configuration(configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
