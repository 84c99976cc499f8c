package dev.splitreason.cli.annotate;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The annotate command on traces in a folder: made ones in OpenR1's layout, or those of the file
 * that the environment variable {@code SPLITREASON_TRACES} names.
 */
final class Annotating {

  private static final int MADE = 60;

  /** Traces at once, and so the most requests under way. */
  static final int CONCURRENCY = 4;

  private final Path folder;

  /**
   * Puts the traces into a folder.
   *
   * @throws UncheckedIOException if they cannot be written
   */
  Annotating(Path folder) {
    this.folder = folder;
    try {
      String given = System.getenv("SPLITREASON_TRACES");
      Path traces = folder.resolve("traces.jsonl");
      if (given == null) {
        Files.writeString(traces, made());
      } else {
        Files.copy(Path.of(given), traces);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String made() {
    var lines = new StringBuilder();
    for (int i = 0; i < MADE; i++) {
      String text =
          """
          <think>
          Let me set up case %d before computing anything.

          Multiplying gives $%d \\cdot 7 = %d$. So far so good.

          Hold on, the square of %d is $%d - 2 = %d$ off by two. Fine.
          </think>
          The answer is $\\boxed{%d}$."""
              .formatted(i, i + 30, (i + 30) * 7, i, i * i + 2, i * i, i);
      lines
          .append(
              JsonMapper.shared()
                  .writeValueAsString(
                      Map.of(
                          "uuid",
                          "t" + i,
                          "problem",
                          "Problem " + i + "?",
                          "answer",
                          "" + i,
                          "generations",
                          List.of("It is wrong.", text),
                          "correctness_math_verify",
                          List.of(false, true),
                          "is_reasoning_complete",
                          List.of(true, true))))
          .append('\n');
    }
    return lines.toString();
  }

  /** How many traces there are. */
  int traces() throws IOException {
    return Files.readAllLines(folder.resolve("traces.jsonl")).size();
  }

  /** Runs the annotator llm to its end. */
  Result run(SloppyServer server, String output, String... more) {
    return CommandProcess.runIn(folder, arguments(server, output, more));
  }

  /** Starts the annotator llm. */
  CommandProcess start(SloppyServer server, String output, String... more) {
    return CommandProcess.startIn(folder, arguments(server, output, more));
  }

  private static String[] arguments(SloppyServer server, String output, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("annotate", "--annotator", "llm", "--json"));
    words.addAll(List.of("--endpoint", server.base(), "--model", "sloppy"));
    words.addAll(List.of("--concurrency", "" + CONCURRENCY, "--max-tokens", "1000"));
    words.addAll(List.of("--first-pause", "2ms"));
    words.addAll(List.of("--output", output, "traces.jsonl"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** The rows of a JSONL output. */
  List<JsonNode> rows(String output) throws IOException {
    return Files.readAllLines(folder.resolve(output)).stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  byte[] bytes(String output) throws IOException {
    return Files.readAllBytes(folder.resolve(output));
  }
}
