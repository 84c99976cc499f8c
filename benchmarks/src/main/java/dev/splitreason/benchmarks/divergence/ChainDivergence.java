import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.annotate.Annotation;
import dev.splitreason.data.annotate.DivergenceAnnotator;
import dev.splitreason.data.annotate.DivergenceOptions;
import dev.splitreason.data.annotate.SpanBorder;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.tagged.TaggedText;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes right chain traces, of which it is known that the two middle digits of a product are hard for
 * the small model, and counts the characters that the divergence annotator marks.
 */
final class ChainDivergence {

  private static final int TRACES = 200;
  private static final double[] ADVANTAGES = {0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0};

  private ChainDivergence() {}

  /** A trace and which of its characters are hard. */
  private record Chain(SourceTrace trace, BitSet hard) {}

  public static void main(String[] args) throws InterruptedException {
    List<Chain> chains = new ArrayList<>();
    var random = new Random(1);
    for (int i = 0; i < TRACES; i++) {
      chains.add(chain(i, random));
    }
    var options = LlamaCppOptions.DEFAULTS.withThreads(1);
    try (LanguageModel small = LlamaCppModel.load(Path.of("models/small.gguf"), options);
        LanguageModel large = LlamaCppModel.load(Path.of("models/large.gguf"), options)) {
      System.out.println("least advantage  precision  recall  share of characters  traces/s");
      for (double advantage : ADVANTAGES) {
        measure(chains, small, large, advantage);
      }
    }
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
            new DivergenceOptions(0.2, advantage, advantage, 1, SpanBorder.TOKEN),
            new SnippetMatcher(new MatchOptions(0.7, 0, TagSpelling.BIGMODEL)));
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

  /** Four to eight steps; a step multiplies with probability 0.3. */
  private static Chain chain(int number, Random random) {
    int state = random.nextInt(100);
    var problem = new StringBuilder("Start with %02d.".formatted(state));
    var text = new StringBuilder("<think>\n");
    var hard = new BitSet();
    int steps = 4 + random.nextInt(5);
    for (int i = 0; i < steps; i++) {
      boolean multiply = random.nextDouble() < 0.3;
      boolean add = random.nextBoolean();
      int operand = multiply ? 11 + random.nextInt(89) : random.nextInt(100);
      int result = multiply ? state * operand : add ? state + operand : state - operand;
      problem.append(
          " %s %02d.".formatted(multiply ? "Multiply by" : add ? "Add" : "Subtract", operand));
      text.append("%02d%s%02d=".formatted(state, multiply ? "*" : add ? "+" : "-", operand));
      if (multiply) {
        hard.set(text.length() + 1, text.length() + 3);
      }
      state = Math.floorMod(result, 100);
      text.append(multiply ? "%04d".formatted(result) : "%02d".formatted(state)).append('\n');
    }
    String answer = "%02d".formatted(state);
    problem.append(" Give the last two digits.");
    text.append("</think>\n<answer>\n\\boxed{").append(answer).append("}\n</answer>");
    return new Chain(
        new SourceTrace(
            number + 1, "chain-" + number, problem.toString(), answer, TaggedText.untagged(text.toString())),
        hard);
  }
}
