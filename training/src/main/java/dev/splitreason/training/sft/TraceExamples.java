package dev.splitreason.training.sft;

import dev.splitreason.data.source.Columns;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.training.example.ChatExamples;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.LengthLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples that a data set gives, and those it does not.
 *
 * @param learned to train on
 * @param heldOut to measure on
 * @param withoutTrace rows that have no trace to use, or whose values are not what their columns
 *     are for
 * @param withoutQuestion rows that have no question
 * @param malformed rows with tags that pair with none
 * @param dropped examples that are too long
 * @param cut examples whose end was cut off
 */
public record TraceExamples(
    List<Example> learned,
    List<Example> heldOut,
    long withoutTrace,
    int withoutQuestion,
    int malformed,
    int dropped,
    int cut) {

  public TraceExamples {
    learned = List.copyOf(learned);
    heldOut = List.copyOf(heldOut);
  }

  /** Looks at the files before they are read. */
  @FunctionalInterface
  interface FileCheck {

    /** Any files will do. */
    FileCheck NONE = _ -> {};

    void check(List<Path> files) throws IOException;
  }

  /**
   * Reads all traces.
   *
   * @param files may refuse the files
   * @throws DataException if there are none, or they cannot be read
   */
  static TraceExamples read(TraceData data, long seed, ChatExamples chat, FileCheck files)
      throws IOException, InterruptedException {
    List<Example> examples = new ArrayList<>();
    long withoutTrace;
    int withoutQuestion = 0;
    int malformed = 0;
    var columns = new Columns(null, data.problem(), null, data.trace());
    var options = new SourceOptions(columns, data.filter(), data.sample(), seed, data.tags());
    try (TraceSource source = TraceSource.open(data.files(), options)) {
      files.check(source.files());
      for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
        String problem = trace.problem();
        if (problem == null || problem.isBlank()) {
          withoutQuestion++;
        } else if (!trace.tagged().defects().isEmpty()) {
          malformed++;
        } else {
          examples.add(chat.of(problem, trace.tagged().withTags(data.tags())));
        }
      }
      withoutTrace = source.skipped();
    }
    LengthLimit.Kept kept = data.limit().keep(examples);
    int learned = kept.examples().size() - data.heldOut();
    if (learned < 1) {
      throw new DataException(
          "%d examples are left of %d (%d without a trace, %d without a question, %d with tags that pair with none, %d too long), of which %d are held out: nothing to learn"
              .formatted(
                  kept.examples().size(),
                  examples.size() + withoutTrace + withoutQuestion + malformed,
                  withoutTrace,
                  withoutQuestion,
                  malformed,
                  kept.dropped(),
                  data.heldOut()));
    }
    return new TraceExamples(
        kept.examples().subList(0, learned),
        kept.examples().subList(learned, kept.examples().size()),
        withoutTrace,
        withoutQuestion,
        malformed,
        kept.dropped(),
        kept.cut());
  }

  /** What was left out, in words; empty if nothing was. */
  public String losses() {
    List<String> losses = new ArrayList<>();
    add(losses, withoutTrace, "without a trace");
    add(losses, withoutQuestion, "without a question");
    add(losses, malformed, "with tags that pair with none");
    add(losses, dropped, "too long and dropped");
    add(losses, cut, "too long and cut");
    return String.join(", ", losses);
  }

  private static void add(List<String> losses, long count, String what) {
    if (count > 0) {
      losses.add(count + " " + what);
    }
  }
}
