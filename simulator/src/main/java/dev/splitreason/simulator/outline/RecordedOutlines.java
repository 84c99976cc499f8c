package dev.splitreason.simulator.outline;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.trace.TraceJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import tools.jackson.databind.JsonNode;

/**
 * The outlines of recorded traces.
 *
 * @param outlines in the order of the file, at least one
 * @param spans how their pairs marked and bounded spans, each way once; traces that do not tell
 *     have {@link SpanSettings#DEFAULT}
 */
public record RecordedOutlines(List<Outline> outlines, SequencedSet<SpanSettings> spans) {

  public RecordedOutlines {
    outlines = List.copyOf(outlines);
    spans = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(spans));
  }

  /**
   * Reads a file, one trace a line: JSON objects with segments ({@link TraceJson#segments}) and,
   * where they tell, their pair ({@link TraceJson#spans}); everything else in a line and blank
   * lines are passed over, and so are answers that were ended before they had any text: they take
   * no time to write.
   *
   * @param promptTokens the prompt's length, which a trace may not tell
   * @throws IOException if the file cannot be read, or has no answer with text
   * @throws UserMistake with a one-line message that names the line, if it is no trace
   */
  public static RecordedOutlines read(Path file, int promptTokens) throws IOException {
    List<Outline> outlines = new ArrayList<>();
    SequencedSet<SpanSettings> spans = new LinkedHashSet<>();
    long empty = 0;
    try (LineReader lines = LineReader.open(file)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        try {
          JsonNode trace = line.object();
          SpanSettings recorded = TraceJson.spans(trace);
          List<OutlineTurn> turns = turns(TraceJson.segments(trace), recorded.tags());
          if (turns.stream().anyMatch(turn -> turn.text() > 0)) {
            outlines.add(new Outline(promptTokens, turns));
            spans.add(recorded);
          } else {
            empty++;
          }
        } catch (MalformedLineException e) {
          throw UserMistake.of(new Place.DataLine(file, line.number()), e.getMessage());
        } catch (UserMistake e) {
          throw e.at(new Place.DataLine(file, line.number()));
        }
      }
    }
    if (outlines.isEmpty()) {
      throw new IOException(
          file + (empty == 0 ? " has no traces" : " has only answers without text"));
    }
    return new RecordedOutlines(outlines, spans);
  }

  private static List<OutlineTurn> turns(List<Segment> segments, TagSpelling tags) {
    return segments.stream().map(segment -> OutlineTurn.of(segment, tags)).toList();
  }
}
