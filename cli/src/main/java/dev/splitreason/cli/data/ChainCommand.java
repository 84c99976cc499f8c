package dev.splitreason.cli.data;

import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.data.chain.ChainRules;
import dev.splitreason.data.tagged.Span;
import dev.splitreason.files.jsonl.LineWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code splitreason data chain}: the bundled pair's task, with solutions. */
@Command(
    name = "chain",
    description = "Write chain arithmetic problems with their worked solutions, one a line.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  splitreason data chain --limit 1000 --seed 1 --output chain.jsonl")
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
public final class ChainCommand implements Callable<Integer> {

  @Option(names = "--limit", required = true, paramLabel = "N", description = "How many problems.")
  private long limit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Same seed, same problems (default: 0).")
  private long seed;

  @Option(
      names = "--greatest-factor",
      paramLabel = "N",
      description = "Multiply by 11 … N: fewer products are learned faster (default: 99).")
  private int greatestFactor = ChainRules.STANDARD.greatestFactor();

  @Option(
      names = "--greatest-term",
      paramLabel = "N",
      description = "Add and subtract 0 … N: so are fewer sums (default: 99).")
  private int greatestTerm = ChainRules.STANDARD.greatestTerm();

  @Option(names = "--fewest-steps", paramLabel = "N", description = "Of a problem (default: 4).")
  private int fewestSteps = ChainRules.STANDARD.fewestSteps();

  @Option(names = "--most-steps", paramLabel = "N", description = "Of a problem (default: 8).")
  private int mostSteps = ChainRules.STANDARD.mostSteps();

  @Option(
      names = {"--output", "-o"},
      required = true,
      paramLabel = "FILE",
      description =
          "Gets {\"id\", \"problem\", \"answer\", \"text\", \"hard\"} a line; hard tells which"
              + " digits a small model cannot learn.")
  private Path output;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw UserMistake.ofOption("--limit", "must be at least 1, not " + limit);
    }
    OutputFile.requireWritable(output);
    var rules =
        new ChainRules(
            fewestSteps,
            mostSteps,
            ChainRules.STANDARD.multiplyProbability(),
            greatestFactor,
            greatestTerm);
    var problems = new ChainProblems(seed, rules);
    try (LineWriter writer = LineWriter.open(output)) {
      for (long i = 0; i < limit; i++) {
        writer.write(Line.of("chain-" + seed + "-" + i, problems.get(i)));
      }
      writer.complete();
    }
    Stdout out = Stdout.beside(output);
    if (json) {
      out.json(new Written(output.toString(), limit));
    } else {
      out.println(output + ": " + limit + " problems");
    }
    return 0;
  }

  /**
   * The document of {@code data chain --json}.
   *
   * @param output the file
   * @param problems how many are in it
   */
  private record Written(String output, long problems) {}

  private record Line(String id, String problem, String answer, String text, List<Span> hard) {

    static Line of(String id, ChainProblem problem) {
      return new Line(
          id, problem.question(), problem.answer(), problem.response(), problem.hardSpans());
    }
  }
}
