package dev.splitreason.benchmarks.pairs;

import dev.splitreason.benchmarks.BenchmarkCommand;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.SampleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints one row for each policy on each pair, from answers given together and alone. */
@Command(
    name = "real-pairs",
    mixinStandardHelpOptions = true,
    description = "Table of what eval kept of pairs.")
public final class PairTable implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "A pair's folder, with what eval kept in its folders together and alone.")
  private List<Path> folders = List.of();

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    BenchmarkCommand.run(new PairTable(), args);
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(
        "| pair | policy | right | share | tokens | hand-offs | discarded | seconds, together | seconds, alone |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Path folder : folders) {
      Map<String, List<Sample>> together = byPolicy(folder.resolve("together"));
      Map<String, List<Sample>> alone = byPolicy(folder.resolve("alone"));
      together.forEach(
          (policy, samples) ->
              System.out.println(
                  row(
                      folder.getFileName().toString(),
                      policy,
                      samples,
                      alone.getOrDefault(policy, List.of()))));
    }
    return 0;
  }

  private static Map<String, List<Sample>> byPolicy(Path run) throws IOException {
    return SampleLog.read(run.resolve("samples.jsonl")).stream()
        .collect(
            Collectors.groupingBy(
                sample -> sample.key().contender().policy(),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static String row(String pair, String policy, List<Sample> together, List<Sample> alone) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f of %d | %.1f %% | %.0f | %.1f | %.1f | %.1f | %s |",
        pair,
        policy,
        (double) together.stream().filter(Sample::right).count(),
        together.size(),
        100
            * sum(together, trace -> trace.usage().largeTokens())
            / sum(together, PairTable::tokens),
        mean(together, PairTable::tokens),
        mean(together, PairTable::spans),
        mean(together, trace -> trace.usage().discardedTokens()),
        mean(together, Trace::seconds),
        alone.isEmpty() ? "–" : "%.1f".formatted(mean(alone, Trace::seconds)));
  }

  private static double tokens(Trace trace) {
    return trace.usage().smallTokens() + trace.usage().largeTokens();
  }

  private static double spans(Trace trace) {
    return trace.segments().stream().filter(part -> part.author() == Author.LARGE).count();
  }

  private static double sum(List<Sample> samples, ToDoubleFunction<Trace> figure) {
    return samples.stream().map(Sample::trace).filter(Objects::nonNull).mapToDouble(figure).sum();
  }

  /** Of an answer that there is. */
  private static double mean(List<Sample> samples, ToDoubleFunction<Trace> figure) {
    return sum(samples, figure)
        / Math.max(1, samples.stream().map(Sample::trace).filter(Objects::nonNull).count());
  }
}
