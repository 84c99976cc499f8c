package dev.splitreason.data.annotate;

import dev.splitreason.core.error.UserMistake;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * When a token counts as hard.
 *
 * <p>With a sure advantage above the least one, a run of neighbouring tokens whose greatest
 * advantage is a counts with the probability {@code ln(a / least) / ln(sure / least)}. What is
 * learned from such traces opens a span the likelier the harder what follows, so that a bias on the
 * open tag is a dial from the hardest spans alone to all of them. With a sharp threshold, all spans
 * are equally sure.
 *
 * @param leastAdvantage nats by which the large model must be surer of a token than the small one
 * @param sureAdvantage nats from which on a token always counts; the least advantage for a sharp
 *     threshold
 * @param smoothing tokens over which the advantage is averaged; 1 for none
 * @param border to what spans are widened
 * @param keepEasy whether a trace in which nothing is hard is kept, without spans: from others
 *     alone, a model learns that every answer has some
 * @param style what becomes of an advantage that is only style
 */
public record DivergenceOptions(
    double leastAdvantage,
    double sureAdvantage,
    int smoothing,
    SpanBorder border,
    boolean keepEasy,
    Style style) {

  /**
   * Single tokens, as they are: for models and traces whose hard parts are a digit or two, such as
   * chain arithmetic.
   */
  public static final DivergenceOptions TOKENS =
      new DivergenceOptions(0.5, 0.5, 1, SpanBorder.TOKEN, false, Style.COUNTS);

  /** Whole expressions of what models write in sentences, whose style differs too. */
  public static final DivergenceOptions DEFAULT =
      new DivergenceOptions(0.1, 0.1, 3, SpanBorder.EXPRESSION, false, Style.DISCOUNTED);

  /** Options that keep only traces with spans, and count everything. */
  public DivergenceOptions(
      double leastAdvantage, double sureAdvantage, int smoothing, SpanBorder border) {
    this(leastAdvantage, sureAdvantage, smoothing, border, false, Style.COUNTS);
  }

  public DivergenceOptions {
    if (!(sureAdvantage >= leastAdvantage)) {
      throw new UserMistake(
          "the sure advantage must be at least the least one of %s, not %s"
              .formatted(leastAdvantage, sureAdvantage));
    }
    if (sureAdvantage > leastAdvantage && !(leastAdvantage > 0)) {
      throw new UserMistake(
          "between a least and a sure advantage the least must be above 0, not " + leastAdvantage);
    }
    if (smoothing < 1) {
      throw new UserMistake("smoothing takes 1 token or more, not " + smoothing);
    }
  }

  /** These options by the names by which they are given. */
  SequencedMap<String, String> settings() {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("--least-advantage", Double.toString(leastAdvantage));
    settings.put("--sure-advantage", Double.toString(sureAdvantage));
    settings.put("--smoothing", Integer.toString(smoothing));
    settings.put("--border", border.name().toLowerCase(Locale.ROOT));
    settings.put("--keep-easy", keepEasy ? "given" : "not given");
    settings.put("--count-style", style == Style.COUNTS ? "given" : "not given");
    return settings;
  }

  /** The probability that tokens with such an advantage, at least the least one, count as hard. */
  double probability(double advantage) {
    return advantage >= sureAdvantage
        ? 1
        : Math.log(advantage / leastAdvantage) / Math.log(sureAdvantage / leastAdvantage);
  }
}
