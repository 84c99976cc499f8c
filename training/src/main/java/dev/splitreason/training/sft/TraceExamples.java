package dev.splitreason.training.sft;

import dev.splitreason.data.source.Columns;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.training.example.ChatExamples;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.LengthLimit;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples that a data set gives, and those it does not.
 *
 * @param learned to train on
 * @param heldOut to measure on
 * @param withoutQuestion rows that have no question
 * @param dropped examples that are too long
 * @param cut examples whose end was cut off
 */
public record TraceExamples(
    List<Example> learned, List<Example> heldOut, int withoutQuestion, int dropped, int cut) {

  public TraceExamples {
    learned = List.copyOf(learned);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Reads all traces.
   *
   * @throws DataException if there are none, or they cannot be read
   */
  static TraceExamples read(TraceData data, long seed, ChatExamples chat)
      throws InterruptedException {
    List<Example> examples = new ArrayList<>();
    int withoutQuestion = 0;
    var columns = new Columns(null, data.problem(), null, data.trace());
    var options = new SourceOptions(columns, data.filter(), data.sample(), seed, data.tags());
    try (TraceSource source = TraceSource.open(data.files(), options)) {
      for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
        String problem = trace.problem();
        if (problem == null) {
          withoutQuestion++;
        } else {
          examples.add(chat.of(problem, trace.tagged().withTags(data.tags())));
        }
      }
    }
    LengthLimit.Kept kept = data.limit().keep(examples);
    int learned = kept.examples().size() - data.heldOut();
    if (learned < 1) {
      throw new DataException(
          "%d examples are left of %d (%d without a question, %d too long), of which %d are held out: nothing to learn"
              .formatted(
                  kept.examples().size(),
                  examples.size() + withoutQuestion,
                  withoutQuestion,
                  kept.dropped(),
                  data.heldOut()));
    }
    return new TraceExamples(
        kept.examples().subList(0, learned),
        kept.examples().subList(learned, kept.examples().size()),
        withoutQuestion,
        kept.dropped(),
        kept.cut());
  }

  /** What was left out, in words; empty if nothing was. */
  public String losses() {
    List<String> losses = new ArrayList<>();
    add(losses, withoutQuestion, "without a question");
    add(losses, dropped, "too long and dropped");
    add(losses, cut, "too long and cut");
    return String.join(", ", losses);
  }

  private static void add(List<String> losses, int count, String what) {
    if (count > 0) {
      losses.add(count + " " + what);
    }
  }
}
