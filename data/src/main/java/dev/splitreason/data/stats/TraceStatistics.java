package dev.splitreason.data.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.splitreason.core.tag.TagStructure.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a set of tagged traces looks like.
 *
 * @param traces how many
 * @param withSpans how many have a span
 * @param offloadShare share of a trace's characters inside spans, 0 … 1
 * @param shareUnderFifth share of traces with less than 20 % inside spans (arXiv 2504.16379: most)
 * @param spansPerTrace spans of a trace
 * @param spanCharacters UTF-16 units of a span
 * @param spanTokens tokens of a span; null if nothing counted them
 * @param lengths UTF-16 units of a trace without tags
 * @param positions shape [{@value #POSITIONS}]: share of the traces that are inside a span at each
 *     place of their normalised length
 * @param defects tags that pair with none, by what is wrong
 * @param offloadShares the shares of all traces, ascending, at most {@value #SHARES} of them
 * @param samples ten traces drawn at random
 */
public record TraceStatistics(
    long traces,
    long withSpans,
    DistributionSummary offloadShare,
    @JsonProperty("share_under_20_percent") double shareUnderFifth,
    DistributionSummary spansPerTrace,
    DistributionSummary spanCharacters,
    @Nullable DistributionSummary spanTokens,
    DistributionSummary lengths,
    double[] positions,
    Map<Fault, Long> defects,
    double[] offloadShares,
    List<SpanLayout> samples) {

  static final int POSITIONS = 50;
  static final int SHARES = 1000;

  /** Tags that pair with none, in words: {@code none} or {@code 2 unclosed, 1 nested}. */
  public String defectsInWords() {
    return defects.isEmpty()
        ? "none"
        : defects.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                fault ->
                    fault.getValue()
                        + " "
                        + fault.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "));
  }
}
