import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.match.SnippetMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Measures snippet matching: precision, recall and boundary error for both ways on the same snippets,
 * the ratio of their times, the rate of this code alone, and what each threshold lets pass.
 *
 * <p>Options: {@code --traces N} (200), {@code --difflib-traces N} (2; it takes minutes), {@code
 * --length CHARACTERS} (10000), {@code --text FILE.jsonl} (OpenR1 layout; generated text without),
 * {@code --seed N} (1).
 */
final class SnippetMatching {

  private static final double[] SHARES = {0, 0.05, 0.10, 0.20};
  private static final int SNIPPETS = 5;
  private static final double PUBLISHED_TRACES = 18_000;

  private final SnippetMatcher matcher = new SnippetMatcher(MatchOptions.DEFAULT);
  private final List<String> texts = new ArrayList<>();
  private final Random random;

  private SnippetMatching(TraceText source, int traces, int length, long seed) {
    random = new Random(seed);
    for (int i = 0; i <= traces; i++) {
      texts.add(source.trace(length, random));
    }
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    String file = options.get("--text");
    var benchmark =
        new SnippetMatching(
            file == null ? TraceText.generated() : TraceText.of(Path.of(file)),
            Integer.parseInt(options.getOrDefault("--traces", "200")),
            Integer.parseInt(options.getOrDefault("--length", "10000")),
            Long.parseLong(options.getOrDefault("--seed", "1")));
    benchmark.compareThresholds();
    benchmark.measureRate();
    benchmark.compareWithDifflib(
        Integer.parseInt(options.getOrDefault("--difflib-traces", "2")), options.get("--difflib"));
  }

  /** Five right snippets and a wrong one for each of the first traces. */
  private List<Case> cases(int traces, double share) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < traces; i++) {
      cases.addAll(Case.right(texts.get(i), SNIPPETS, new Perturbation(share), random));
      cases.add(Case.wrong(texts.get(i), texts.get(i + 1), random));
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
      for (Case c : cases(texts.size() - 1, SHARES[s])) {
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
          Case.right(texts.get(i), SNIPPETS, new Perturbation(0.10), random).stream()
              .map(Case::snippet)
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

  private void compareWithDifflib(int traces, String script) throws IOException {
    System.out.printf(
        "%n%d traces, %d right snippets and a wrong one each%naltered  by          precision"
            + "    recall  boundary  ms/snippet  ratio%n",
        traces, SNIPPETS);
    for (double share : SHARES) {
      List<Case> cases = cases(traces, share);
      var ours = new Scorecard();
      long began = System.nanoTime();
      for (Case c : cases) {
        ours.add(c, find(matcher, c));
      }
      double ourMillis = (System.nanoTime() - began) / 1e6 / cases.size();
      var theirs = new Scorecard();
      try (var difflib = new Difflib(script)) {
        for (Case c : cases) {
          ScoredSpan best = difflib.best(c);
          theirs.add(c, best.score() >= Difflib.THRESHOLD ? best : null);
        }
        double theirMillis = difflib.seconds() * 1e3 / cases.size();
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

  private static @Nullable ScoredSpan find(SnippetMatcher matcher, Case c) {
    List<ScoredSpan> spans = matcher.match(c.text(), List.of(c.snippet())).spans();
    return spans.isEmpty() ? null : spans.getFirst();
  }
}
