import dev.splitreason.data.tagged.ScoredSpan;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published way, in a Python process. */
final class Difflib implements AutoCloseable {

  /** The published threshold on difflib's ratio. */
  static final double THRESHOLD = 0.5;

  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;
  private double seconds;

  Difflib(String script) throws IOException {
    process =
        new ProcessBuilder("python3", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    to = process.outputWriter();
    from = process.inputReader();
  }

  /** The best window, whatever its score. */
  ScoredSpan best(Case c) throws IOException {
    to.write(
        JsonMapper.shared().writeValueAsString(Map.of("text", c.text(), "snippet", c.snippet())));
    to.newLine();
    to.flush();
    JsonNode answer = JsonMapper.shared().readTree(from.readLine());
    seconds += answer.get("seconds").asDouble();
    return new ScoredSpan(
        answer.get("start").asInt(), answer.get("end").asInt(), answer.get("score").asDouble());
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
