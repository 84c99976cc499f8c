package dev.splitreason.benchmarks.matching;

import dev.splitreason.benchmarks.BenchmarkCommand;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.tagged.ScoredSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code benchmarks/snippet-matching/run}. */
@Command(
    name = "snippet-matching",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures snippet matching beside Python's difflib at every offset: precision, recall and"
            + " boundary error on the same snippets, the ratio of the times, the rate of this code"
            + " alone, and what each threshold lets pass.")
public final class SnippetMatching implements Callable<Integer> {

  private static final double[] SHARES = {0, 0.05, 0.10, 0.20};
  private static final int SNIPPETS = 5;
  private static final double PUBLISHED_TRACES = 18_000;

  @Option(names = "--traces", description = "Traces of this code (default: ${DEFAULT-VALUE}).")
  private int traces = 200;

  @Option(
      names = "--difflib-traces",
      description = "Traces of both; each takes minutes (default: ${DEFAULT-VALUE}).")
  private int difflibTraces = 2;

  @Option(names = "--length", description = "Characters of a trace (default: ${DEFAULT-VALUE}).")
  private int length = 10_000;

  @Option(
      names = "--text",
      description = "Generations of a JSONL file in OpenR1's layout, instead of generated text.")
  private @Nullable Path text;

  @Option(names = "--seed", description = "Of all that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--difflib", description = "The Python program; given by the script.")
  private Path difflib = Path.of("difflib_match.py");

  private final SnippetMatcher matcher = new SnippetMatcher(MatchOptions.DEFAULT);
  private final List<String> texts = new ArrayList<>();
  private Random random = new Random(seed);

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    BenchmarkCommand.run(new SnippetMatching(), args);
  }

  @Override
  public Integer call() throws IOException {
    random = new Random(seed);
    TraceText source = text == null ? TraceText.generated() : TraceText.of(text);
    for (int i = 0; i <= traces; i++) {
      texts.add(source.trace(length, random));
    }
    compareThresholds();
    measureRate();
    compareWithDifflib(difflibTraces);
    return 0;
  }

  /** Five right snippets and a wrong one for each of the first traces. */
  private List<SnippetCase> cases(int traces, double share) {
    List<SnippetCase> cases = new ArrayList<>();
    for (int i = 0; i < traces; i++) {
      cases.addAll(SnippetCase.right(texts.get(i), SNIPPETS, new Perturbation(share), random));
      cases.add(SnippetCase.wrong(texts.get(i), texts.get(i + 1), random));
    }
    return cases;
  }

  private void compareThresholds() {
    var lenient = new SnippetMatcher(MatchOptions.DEFAULT.withThreshold(0.01));
    System.out.println("share of snippets accepted, by threshold");
    System.out.println("threshold     wrong   right, altered 0 %, 5 %, 10 %, 20 %");
    double[] thresholds = {0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80};
    int[][] accepted = new int[thresholds.length][SHARES.length + 1];
    int[] given = new int[SHARES.length + 1];
    for (int s = 0; s < SHARES.length; s++) {
      for (SnippetCase c : cases(texts.size() - 1, SHARES[s])) {
        ScoredSpan best = find(lenient, c);
        int column = c.truth() == null ? 0 : s + 1;
        given[column]++;
        for (int t = 0; t < thresholds.length; t++) {
          accepted[t][column] += best != null && best.score() >= thresholds[t] ? 1 : 0;
        }
      }
    }
    for (int t = 0; t < thresholds.length; t++) {
      System.out.printf(Locale.ROOT, "%9.2f", thresholds[t]);
      for (int column = 0; column < given.length; column++) {
        System.out.printf(Locale.ROOT, " %9.4f", (double) accepted[t][column] / given[column]);
      }
      System.out.println();
    }
  }

  private void measureRate() {
    List<List<String>> snippets = new ArrayList<>();
    for (int i = 0; i + 1 < texts.size(); i++) {
      snippets.add(
          SnippetCase.right(texts.get(i), SNIPPETS, new Perturbation(0.10), random).stream()
              .map(SnippetCase::snippet)
              .toList());
    }
    double seconds = 0;
    for (int round = 0; round < 3; round++) {
      long began = System.nanoTime();
      for (int i = 0; i < snippets.size(); i++) {
        matcher.match(texts.get(i), snippets.get(i));
      }
      seconds = (System.nanoTime() - began) / 1e9;
    }
    double rate = snippets.size() / seconds;
    System.out.printf(
        Locale.ROOT,
        "%nthis code, %d snippets a trace, all altered by 10 %%: %.0f traces/s on one core;"
            + " 18,000 traces in %.2f minutes%n",
        SNIPPETS,
        rate,
        PUBLISHED_TRACES / rate / 60);
  }

  private void compareWithDifflib(int traces) throws IOException {
    System.out.printf(
        "%n%d traces, %d right snippets and a wrong one each%naltered  by          precision"
            + "    recall  boundary  ms/snippet  ratio%n",
        traces, SNIPPETS);
    for (double share : SHARES) {
      List<SnippetCase> cases = cases(traces, share);
      var ours = new Scorecard();
      long began = System.nanoTime();
      for (SnippetCase c : cases) {
        ours.add(c, find(matcher, c));
      }
      double ourMillis = (System.nanoTime() - began) / 1e6 / cases.size();
      var theirs = new Scorecard();
      try (var peer = new Difflib(difflib)) {
        for (SnippetCase c : cases) {
          ScoredSpan best = peer.best(c);
          theirs.add(c, best.score() >= Difflib.THRESHOLD ? best : null);
        }
        double theirMillis = peer.seconds() * 1e3 / cases.size();
        System.out.printf(
            Locale.ROOT, "%4.0f %%  this code  %s %11.3f%n", share * 100, ours, ourMillis);
        System.out.printf(
            Locale.ROOT,
            "%4.0f %%  difflib    %s %11.1f %5.0fx%n",
            share * 100,
            theirs,
            theirMillis,
            theirMillis / ourMillis);
      }
    }
  }

  private static @Nullable ScoredSpan find(SnippetMatcher matcher, SnippetCase c) {
    List<ScoredSpan> spans = matcher.match(c.text(), List.of(c.snippet())).spans();
    return spans.isEmpty() ? null : spans.getFirst();
  }
}
