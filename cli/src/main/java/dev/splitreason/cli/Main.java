package dev.splitreason.cli;

import dev.splitreason.cli.adapt.AdaptCommand;
import dev.splitreason.cli.annotate.AnnotateCommand;
import dev.splitreason.cli.ask.AskCommand;
import dev.splitreason.cli.bench.BenchCommand;
import dev.splitreason.cli.check.CheckCommand;
import dev.splitreason.cli.data.DataCommand;
import dev.splitreason.cli.error.OneLineErrors;
import dev.splitreason.cli.eval.CalibrateCommand;
import dev.splitreason.cli.eval.EvalCommand;
import dev.splitreason.cli.eval.ReportCommand;
import dev.splitreason.cli.info.InfoCommand;
import dev.splitreason.cli.info.Version;
import dev.splitreason.cli.match.MatchCommand;
import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.output.PrintableWriter;
import dev.splitreason.cli.pairs.PairsCommand;
import dev.splitreason.cli.profile.ProfileCommand;
import dev.splitreason.cli.progress.DownloadProgress;
import dev.splitreason.cli.pull.PullCommand;
import dev.splitreason.cli.reproduce.ReproduceCommand;
import dev.splitreason.cli.serve.ServeCommand;
import dev.splitreason.cli.show.ShowCommand;
import dev.splitreason.cli.simulate.SimulateCommand;
import dev.splitreason.cli.stats.StatsCommand;
import dev.splitreason.cli.tokenize.TokenizeCommand;
import dev.splitreason.cli.train.TrainCommand;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.files.settings.Durations;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ConfigReader;
import dev.splitreason.pairs.hub.Hub;
import dev.splitreason.simulator.answer.SpanProbe;
import dev.splitreason.simulator.answer.Speculation;
import dev.splitreason.simulator.outline.Lengths;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The {@code splitreason} command: its subcommands, and what is the same for all of them. */
@Command(
    name = "splitreason",
    description = "A small reasoning model that hands its hard spans to a large one.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AskCommand.class,
      ServeCommand.class,
      InfoCommand.class,
      TokenizeCommand.class,
      PairsCommand.class,
      PullCommand.class,
      AnnotateCommand.class,
      MatchCommand.class,
      StatsCommand.class,
      ShowCommand.class,
      DataCommand.class,
      CheckCommand.class,
      SimulateCommand.class,
      ProfileCommand.class,
      BenchCommand.class,
      EvalCommand.class,
      CalibrateCommand.class,
      ReportCommand.class,
      TrainCommand.class,
      AdaptCommand.class,
      ReproduceCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason ask \"Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. \\",
      "Give the last two digits.\"",
      "  splitreason serve",
      "  splitreason info",
      "  splitreason eval --policies small,large,learned --limit 200",
      "  splitreason tokenize --pair chain \"37*48=1776\"",
      "  splitreason simulate --profile roofline:h100:1.5b:32b --offload-ratio 0.05",
      "  source <(splitreason generate-completion)",
    })
public final class Main implements Runnable, Invocation, Configurable {

  private static final int HELP_WIDTH = 100;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Configuration file (default: splitreason/splitreason.yaml in $$XDG_CONFIG_HOME or"
              + " ~/.config); for train: what to train.")
  private @Nullable Path configFile;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log what happens, and show the stack trace of an error.")
  private boolean verbose;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  @Override
  public Config config() throws IOException {
    return ConfigReader.load(configFile, System.getenv());
  }

  @Override
  public @Nullable Path configFile() {
    return configFile;
  }

  @Override
  public PrintWriter stderr() {
    return spec.commandLine().getErr();
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }

  /** Runs the command and returns its exit status. */
  static int execute(String[] args) {
    var main = new Main();
    var errors = new OneLineErrors(() -> main.verbose);
    CommandLine command =
        new CommandLine(main)
            .registerConverter(PolicyChoice.class, converter(PolicyChoice::parse))
            .registerConverter(Duration.class, converter(Durations::parse))
            .registerConverter(Lengths.class, converter(Lengths::parse))
            .registerConverter(SpanProbe.class, converter(SpanProbe::parse))
            .registerConverter(Speculation.class, converter(Speculation::parse))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(HELP_WIDTH)
            .setOut(utf8(FileDescriptor.out))
            .setErr(new PrintWriter(new PrintableWriter(utf8(FileDescriptor.err)), true))
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .setExecutionStrategy(
                parsed -> {
                  StderrLogging.setVerbose(main.verbose);
                  Hub.show(new DownloadProgress(main.stderr()));
                  main.requireObeyed(parsed);
                  return new RunLast().execute(parsed);
                });
    try {
      return command.execute(RawArguments.decoded(args));
    } catch (UserMistake | Error e) {
      return errors.handle(e, command);
    }
  }

  /** A configuration file that nobody would read is refused rather than ignored. */
  private void requireObeyed(ParseResult parsed) {
    if (configFile == null) {
      return;
    }
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandSpec command = last.commandSpec();
    boolean helps = last.isUsageHelpRequested() || last.isVersionHelpRequested();
    if (!helps && !command.helpCommand() && !(command.userObject() instanceof Configurable)) {
      throw new ParameterException(
          command.commandLine(),
          "--config is of no use to '" + command.name() + "', which reads no configuration");
    }
  }

  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static <T> ITypeConverter<T> converter(ITypeConverter<T> parse) {
    return text -> {
      try {
        return parse.convert(text);
      } catch (UserMistake e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
