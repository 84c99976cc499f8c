package dev.splitreason.benchmarks.divergence;

import dev.splitreason.benchmarks.BenchmarkCommand;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.annotate.Annotation;
import dev.splitreason.data.annotate.DivergenceAnnotator;
import dev.splitreason.data.annotate.DivergenceOptions;
import dev.splitreason.data.annotate.SpanBorder;
import dev.splitreason.data.annotate.SpanRanking;
import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.TaggedText;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The command {@code benchmarks/divergence/run}: right chain traces, of which it is known that the
 * two middle digits of a product are hard for the small model.
 */
@Command(
    name = "divergence",
    mixinStandardHelpOptions = true,
    description =
        "Counts the characters of chain traces that the divergence annotator marks with the bundled"
            + " models, and those that are hard.")
public final class ChainDivergence implements Callable<Integer> {

  private static final int TRACES = 200;
  private static final double[] ADVANTAGES = {0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0};

  /** A trace and which of its characters are hard. */
  private record Chain(SourceTrace trace, BitSet hard) {

    static Chain of(int number, ChainProblem problem) {
      var hard = new BitSet();
      problem.hardSpans().forEach(span -> hard.set(span.start(), span.end()));
      return new Chain(
          new SourceTrace(
              number + 1,
              "chain-" + number,
              problem.question(),
              problem.answer(),
              TaggedText.untagged(problem.response())),
          hard);
    }
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    BenchmarkCommand.run(new ChainDivergence(), args);
  }

  @Override
  public Integer call() throws InterruptedException {
    ChainProblems problems = ChainProblems.of(1);
    List<Chain> chains = new ArrayList<>();
    for (int i = 0; i < TRACES; i++) {
      chains.add(Chain.of(i, problems.get(i)));
    }
    var options = LlamaCppOptions.DEFAULTS.withThreads(1);
    try (LanguageModel small = LlamaCppModel.load(Path.of("models/small.gguf"), options);
        LanguageModel large = LlamaCppModel.load(Path.of("models/large.gguf"), options)) {
      System.out.println("least advantage  precision  recall  share of characters  traces/s");
      for (double advantage : ADVANTAGES) {
        measure(chains, small, large, advantage);
      }
    }
    return 0;
  }

  private static void measure(
      List<Chain> chains, LanguageModel small, LanguageModel large, double advantage)
      throws InterruptedException {
    var annotator =
        new DivergenceAnnotator(
            small,
            Templates.named("chain"),
            large,
            Templates.named("chain"),
            new DivergenceOptions(advantage, advantage, 1, SpanBorder.TOKEN),
            new SpanRanking(
                1, false, new SnippetMatcher(new MatchOptions(0.7, 0, TagSpelling.BIGMODEL))));
    long marked = 0;
    long hard = 0;
    long both = 0;
    long characters = 0;
    long began = System.nanoTime();
    for (Chain chain : chains) {
      BitSet found = new BitSet();
      if (annotator.annotate(chain.trace()) instanceof Annotation.Found(var spans, _, _)) {
        for (ScoredSpan span : spans) {
          found.set(span.start(), span.end());
        }
      }
      marked += found.cardinality();
      hard += chain.hard().cardinality();
      characters += chain.trace().text().length();
      found.and(chain.hard());
      both += found.cardinality();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%15.2f  %9.3f  %6.3f  %19.3f  %8.1f%n",
        advantage,
        (double) both / marked,
        (double) both / hard,
        (double) marked / characters,
        chains.size() / seconds);
  }
}
