package dev.splitreason.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code splitreason} command's entry point. */
@Command(
    name = "splitreason",
    mixinStandardHelpOptions = true,
    version = "splitreason 0.1.0-SNAPSHOT",
    description =
        "Split decoding: a small reasoning model writes, a large one takes the hard spans.")
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
