package dev.splitreason.cli.error;

import dev.splitreason.cli.output.OutputClosedException;
import dev.splitreason.core.error.Failure;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileProblem;
import dev.splitreason.core.text.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells every error of every command in one line on stderr, and with its stack trace on request.
 */
public final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private static final String OUT_OF_MEMORY =
      "out of memory (SPLITREASON_JAVA_OPTS=-Xmx4g gives Java more)";
  private static final String INTERNAL =
      "internal error, please report it with the output of --verbose: ";

  private final BooleanSupplier verbose;

  /**
   * Errors of one run of the command.
   *
   * @param verbose whether stack traces are wanted; asked when there is an error, since it is an
   *     option of the command line itself
   */
  public OneLineErrors(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    String message =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : String.valueOf(error.getMessage()).replaceFirst("^Invalid value", "invalid value");
    String help = " (see '" + command.getCommandSpec().qualifiedName() + " --help')";
    return tell(command, message + help, error, ExitStatus.WRONG_USE);
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    return handle(error, command);
  }

  /** Tells what went wrong, and gives the exit status for it. */
  public int handle(Throwable error, CommandLine command) {
    return switch (error) {
      case OutputClosedException _ -> ExitStatus.OUTPUT_CLOSED;
      case InterruptedException _ -> ExitStatus.INTERRUPTED;
      case UserMistake _ -> tell(command, message(error), error, ExitStatus.WRONG_USE);
      case InvalidPathException name ->
          tell(command, noFileName(name), error, ExitStatus.WRONG_USE);
      case Failure _ -> tell(command, message(error), error, ExitStatus.FAILURE);
      case UncheckedIOException failed ->
          tell(command, FileProblem.of(failed), error, ExitStatus.FAILURE);
      case IOException failed -> tell(command, FileProblem.of(failed), error, ExitStatus.FAILURE);
      case OutOfMemoryError _ -> tell(command, OUT_OF_MEMORY, error, ExitStatus.FAILURE);
      default -> tell(command, INTERNAL + error, error, ExitStatus.FAILURE);
    };
  }

  private int tell(CommandLine command, String message, Throwable error, int status) {
    var stderr = command.getErr();
    stderr.println("splitreason: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    if (verbose.getAsBoolean()) {
      error.printStackTrace(stderr);
    }
    stderr.flush();
    return status;
  }

  private static String unmatched(UnmatchedArgumentException error) {
    CommandSpec command = error.getCommandLine().getCommandSpec();
    String word = error.getUnmatched().getFirst();
    if (error.isUnknownOption()) {
      List<String> options =
          command.options().stream().flatMap(option -> Stream.of(option.names())).toList();
      return "unknown option '" + word + "'" + Suggestion.after(word, options);
    }
    if (!command.subcommands().isEmpty()) {
      return "unknown command '"
          + word
          + "'"
          + Suggestion.after(word, command.subcommands().keySet());
    }
    return "unexpected '" + word + "': put a text of several words in quotes";
  }

  private static String noFileName(InvalidPathException error) {
    return "'" + error.getInput() + "' is no file name: " + error.getReason();
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }
}
