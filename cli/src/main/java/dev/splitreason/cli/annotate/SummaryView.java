package dev.splitreason.cli.annotate;

import dev.splitreason.data.annotate.AnnotateSummary;
import dev.splitreason.data.store.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation run came to, for people and for programs.
 *
 * @param summary of the run
 * @param output the data set
 * @param askedAgain requests that may have been paid for twice
 */
record SummaryView(AnnotateSummary summary, Path output, long askedAgain) {

  /** A few lines. */
  String text() {
    long ended = summary.byStatus().values().stream().mapToLong(Long::longValue).sum();
    var text = new StringBuilder();
    text.append("%d traces".formatted(ended + summary.resumed()));
    if (summary.resumed() > 0) {
      text.append(", %d of them by earlier runs; of the others".formatted(summary.resumed()));
    }
    text.append(": ")
        .append(
            Arrays.stream(Status.values())
                .map(status -> count(status) + " " + status.label())
                .collect(Collectors.joining(", ")));
    if (summary.outdated() > 0) {
      text.append(
          "; %d of them have changed since an earlier run, and were annotated anew"
              .formatted(summary.outdated()));
    }
    if (summary.skipped() > 0) {
      text.append("; %d rows have no trace to use".formatted(summary.skipped()));
    }
    text.append("\n%s: %d rows".formatted(output, summary.rows()));
    Double share = summary.share();
    if (share != null) {
      text.append(String.format(Locale.ROOT, "; %.1f %% of all text in spans", 100 * share));
    }
    if (summary.cost().promptTokens() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "; %d tokens read, %d written, cost %.4f",
              summary.cost().promptTokens(),
              summary.cost().completionTokens(),
              summary.cost().money()));
    }
    if (askedAgain > 0) {
      text.append(
          "\n%d requests were sent again whose answer may have been paid for and lost"
              .formatted(askedAgain));
    }
    summary
        .examples()
        .forEach(
            (status, example) ->
                text.append("\n%s, for example %s".formatted(status.label(), example)));
    return text.toString();
  }

  /**
   * The document of {@code annotate --json}: that of {@link AnnotateSummary}, flat.
   *
   * @param share of all text inside spans, where they were ranked; else null
   * @param traces how many came to each status
   * @param cost in the unit of the prices given
   */
  record Document(
      String output,
      long rows,
      @Nullable Double share,
      Map<Status, Long> traces,
      long resumed,
      long outdated,
      long skipped,
      long promptTokens,
      long completionTokens,
      double cost,
      long askedAgain,
      @Nullable String stoppedBecause) {}

  /** The summary for programs. */
  Document document() {
    Map<Status, Long> traces = new EnumMap<>(Status.class);
    for (Status status : Status.values()) {
      traces.put(status, count(status));
    }
    return new Document(
        output.toString(),
        summary.rows(),
        summary.share(),
        traces,
        summary.resumed(),
        summary.outdated(),
        summary.skipped(),
        summary.cost().promptTokens(),
        summary.cost().completionTokens(),
        summary.cost().money(),
        askedAgain,
        summary.stoppedBecause());
  }

  /** Whether a later run has something left to do. */
  boolean incomplete() {
    return summary.stoppedBecause() != null || count(Status.FAILED) > 0;
  }

  private long count(Status status) {
    return summary.byStatus().getOrDefault(status, 0L);
  }
}
