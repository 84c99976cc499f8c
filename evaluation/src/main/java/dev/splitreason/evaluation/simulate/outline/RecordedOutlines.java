package dev.splitreason.evaluation.simulate.outline;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.data.trace.TraceJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads outlines from recorded traces: JSON lines with segments ({@link TraceJson#segments});
 * everything else in a line is passed over.
 *
 * @param tags how tags are spelled in the text; each counts as one token
 * @param promptTokens the prompt's length, which a trace may not tell
 */
public record RecordedOutlines(TagSpelling tags, int promptTokens) {

  /**
   * Reads a file, one trace a line; blank lines are passed over.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException with a one-line message that names the line, if it is no trace
   */
  public List<Outline> read(Path file) throws IOException {
    List<Outline> outlines = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        try {
          outlines.add(outline(TraceJson.segments(JsonMapper.shared().readTree(line))));
        } catch (JacksonException e) {
          throw refused(file, number, e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
          throw refused(file, number, String.valueOf(e.getMessage()), e);
        }
      }
    }
    if (outlines.isEmpty()) {
      throw new IllegalArgumentException(file + " has no traces");
    }
    return outlines;
  }

  private static IllegalArgumentException refused(
      Path file, int line, String reason, RuntimeException cause) {
    return new IllegalArgumentException(file + ", line " + line + ": " + reason, cause);
  }

  private Outline outline(List<Segment> segments) {
    return new Outline(
        promptTokens, segments.stream().map(segment -> Turn.of(segment, tags)).toList());
  }
}
