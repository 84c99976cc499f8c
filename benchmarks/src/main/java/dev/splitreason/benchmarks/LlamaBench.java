package dev.splitreason.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** llama.cpp's own benchmark program, run once for every measurement. */
record LlamaBench(Path program) {

  /**
   * One run.
   *
   * @param build the commit llama.cpp was built from
   * @param backends that computed, e.g. CPU
   * @param cpu the processor's name
   */
  record Run(Speed speed, String build, String backends, String cpu) {}

  /**
   * Times a workload after a warm-up of its own.
   *
   * @throws IOException if the program fails; the message has the command that shows why
   */
  Run measure(Path model, int threads, ThroughputWorkload workload)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            program.toString(),
            "--model",
            model.toString(),
            "--threads",
            Integer.toString(threads),
            "--n-prompt",
            Integer.toString(workload.prompt()),
            "--n-gen",
            Integer.toString(workload.generate()),
            "--repetitions",
            "1",
            "--output",
            "json");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(
          "failed with status " + status + ", to see why run: " + String.join(" ", command));
    }
    return parse(output);
  }

  /** Reads what the program prints: a list of one object for prefill and one for decode. */
  static Run parse(String json) throws IOException {
    JsonNode tests = JsonMapper.shared().readTree(json);
    double prefill = Double.NaN;
    double decode = Double.NaN;
    for (JsonNode test : tests) {
      double speed = test.path("avg_ts").asDouble();
      if (test.path("n_prompt").asInt() > 0) {
        prefill = speed;
      } else {
        decode = speed;
      }
    }
    if (!(prefill > 0 && decode > 0)) {
      throw new IOException("llama-bench printed no speeds: " + json.strip());
    }
    JsonNode first = tests.get(0);
    return new Run(
        new Speed(prefill, decode),
        first.path("build_commit").asString(),
        first.path("backends").asString(),
        first.path("cpu_info").asString());
  }
}
