package dev.splitreason.cli.check;

import dev.splitreason.answers.check.AnswerChecker;
import dev.splitreason.answers.check.CheckLimits;
import dev.splitreason.answers.check.CheckRun;
import dev.splitreason.answers.check.CheckSummary;
import dev.splitreason.answers.check.CheckedPair;
import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.output.Stdout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares each answer of a file with its reference answer. */
@Command(
    name = "check",
    description = "Compare answers with reference answers: numbers, formulas, sets, choices.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  splitreason check --pairs pairs.jsonl --json > verdicts.jsonl")
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
public final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines {\"id\", \"gold\", \"answer\"}; both may be whole responses.")
  private Path pairs;

  @Option(
      names = "--time-limit",
      paramLabel = "DURATION",
      description = "Processor time of computer algebra for one pair (default: 3s).")
  private @Nullable Duration timeLimit;

  @Option(
      names = "--json",
      description =
          "Print one JSON document {\"id\", \"equal\", \"method\"} a line, and no summary.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Stdout out = Stdout.ofProcess();
    CheckLimits limits = CheckLimits.DEFAULT;
    if (timeLimit != null) {
      limits = limits.withSymbolicTime(timeLimit);
    }
    CheckSummary summary;
    try (AnswerChecker checker = new AnswerChecker(limits)) {
      CheckRun run = new CheckRun(checker, Runtime.getRuntime().availableProcessors());
      summary = run.run(pairs, json ? asJson(out) : asText(out), err::println);
    }
    err.flush();
    if (!json) {
      out.println(
          "%d of %d pairs are equal, %d lines could not be used"
              .formatted(summary.equal(), summary.checked(), summary.problems()));
    }
    return summary.problems() == 0 ? ExitStatus.OK : ExitStatus.FAILURE;
  }

  private static Consumer<CheckedPair> asText(Stdout out) {
    return pair ->
        out.println(
            "%-9s %-12s %s"
                .formatted(
                    pair.equal() ? "equal" : "different", pair.method(), pair.id().asString()));
  }

  private static Consumer<CheckedPair> asJson(Stdout out) {
    return out::json;
  }
}
