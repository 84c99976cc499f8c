package dev.splitreason.benchmarks.matching;

import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.files.jsonl.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;

/** The published way, in a Python process. */
final class Difflib implements AutoCloseable {

  /** The published threshold on difflib's ratio. */
  static final double THRESHOLD = 0.5;

  private record Question(String text, String snippet) {}

  private record Answer(int start, int end, double score, double seconds) {}

  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;
  private double seconds;

  Difflib(Path script) throws IOException {
    process =
        new ProcessBuilder("python3", script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    to = process.outputWriter();
    from = process.inputReader();
  }

  /** The best window, whatever its score. */
  ScoredSpan best(SnippetCase c) throws IOException {
    to.write(Json.MAPPER.writeValueAsString(new Question(c.text(), c.snippet())));
    to.newLine();
    to.flush();
    Answer answer = Json.MAPPER.readValue(from.readLine(), Answer.class);
    seconds += answer.seconds();
    return new ScoredSpan(answer.start(), answer.end(), answer.score());
  }

  /** Seconds spent in the search itself. */
  double seconds() {
    return seconds;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
