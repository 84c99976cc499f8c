package dev.splitreason.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** How a benchmark is run as a program: options in, figures on stdout, errors in a line. */
public final class BenchmarkCommand {

  private BenchmarkCommand() {}

  /** Runs a command and exits with its status. */
  public static void run(Callable<Integer> benchmark, String[] arguments) {
    CommandLine command = new CommandLine(benchmark);
    command.setParameterExceptionHandler(
        (failure, rejected) -> {
          CommandLine line = failure.getCommandLine();
          line.getErr().println(line.getCommandName() + ": " + failure.getMessage());
          return CommandLine.ExitCode.USAGE;
        });
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          line.getErr().println(line.getCommandName() + ": " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(command.execute(arguments));
  }
}
