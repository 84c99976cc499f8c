package dev.splitreason.simulator.profile;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where profiles come from: a name, or a file. */
public final class Profiles {

  /** The name of the paper's pair: figure 1 of arXiv 2504.16379. */
  public static final String PAPER = PaperProfile.NAME;

  /** What {@link #load} understands, for a help text. */
  public static final String NAMES =
      "paper-h100, roofline:DEVICE:SMALL:LARGE[:BITS] (device a100, h100, h200, l4 or cpu2; sizes"
          + " 0.5b, 1.5b, 3b, 7b, 8b, 14b, 32b, 70b; bits 16, 8 or 4), or a file";

  private Profiles() {}

  /**
   * The profile with this name, or in this file.
   *
   * @throws IOException if the file cannot be read
   * @throws UserMistake with a one-line message, if it is neither a name nor a file, or the file is
   *     no profile
   */
  public static PairProfile load(String nameOrFile) throws IOException {
    if (nameOrFile.equals(PaperProfile.NAME)) {
      return PaperProfile.profile();
    }
    if (nameOrFile.startsWith("roofline:")) {
      return roofline(nameOrFile);
    }
    Path file = Path.of(nameOrFile);
    if (!Files.exists(file) && FileName.isMeant(nameOrFile)) {
      throw new NoSuchFileException(nameOrFile);
    }
    if (!Files.isRegularFile(file)) {
      throw new UserMistake(
          "no profile and no file is called '" + nameOrFile + "'", "use " + NAMES);
    }
    return ProfileJson.read(file);
  }

  private static PairProfile roofline(String name) {
    String[] parts = name.split(":", -1);
    if (parts.length < 4 || parts.length > 5) {
      throw new UserMistake(
          "'" + name + "' is no roofline profile", "use roofline:DEVICE:SMALL:LARGE[:BITS]");
    }
    Accelerator device = Accelerator.parse(parts[1]);
    int bits = parts.length == 5 ? bits(parts[4]) : device.usualBits();
    return new PairProfile(
        name,
        "Computed: max(arithmetic, memory traffic) of each forward pass, at "
            + Accelerator.ARITHMETIC_REACHED
            + " of the data sheet's FLOP/s and "
            + Accelerator.BANDWIDTH_REACHED
            + " of its bandwidth, plus a fixed overhead.",
        device.run(ModelSize.parse(parts[2]), bits),
        device.run(ModelSize.parse(parts[3]), bits),
        false);
  }

  private static int bits(String text) {
    return switch (text) {
      case "16" -> 16;
      case "8" -> 8;
      case "4" -> 4;
      default -> throw new UserMistake("weights have 16, 8 or 4 bits, not '" + text + "'");
    };
  }
}
