package dev.splitreason.evaluation.simulate.outline;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads outlines from recorded traces: JSON lines with {@code segments}, each with {@code author}
 * ({@code small} or {@code large}), {@code tokens} and {@code text}; everything else in a line is
 * passed over.
 *
 * @param tags how tags are spelled in the text; each counts as one token
 * @param promptTokens the prompt's length, which a trace may not tell
 */
public record RecordedOutlines(TagSpelling tags, int promptTokens) {

  private static final ObjectMapper JSON = JsonMapper.shared();

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
          outlines.add(outline(JSON.readTree(line)));
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

  private Outline outline(JsonNode trace) {
    JsonNode segments = trace.path("segments");
    if (!segments.isArray()) {
      throw new IllegalArgumentException("no list of segments");
    }
    List<Turn> turns = new ArrayList<>();
    for (JsonNode segment : segments) {
      turns.add(turn(segment));
    }
    return new Outline(promptTokens, turns);
  }

  private Turn turn(JsonNode segment) {
    Author author =
        switch (segment.path("author").asString("")) {
          case "small" -> Author.SMALL;
          case "large" -> Author.LARGE;
          default ->
              throw new IllegalArgumentException(
                  "a segment's author is small or large, not " + segment.path("author"));
        };
    JsonNode tokens = segment.path("tokens");
    if (!tokens.canConvertToInt()) {
      throw new IllegalArgumentException("a segment without its number of tokens");
    }
    String text = segment.path("text").asString("");
    int tagTokens =
        author == Author.LARGE ? 0 : count(text, tags.open()) + count(text, tags.close());
    return new Turn(author, tokens.asInt(), Math.min(tagTokens, tokens.asInt()));
  }

  private static int count(String text, String tag) {
    int count = 0;
    for (int at = text.indexOf(tag); at >= 0; at = text.indexOf(tag, at + tag.length())) {
      count++;
    }
    return count;
  }
}
