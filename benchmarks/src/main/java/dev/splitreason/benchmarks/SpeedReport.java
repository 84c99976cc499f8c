package dev.splitreason.benchmarks;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a run of the benchmark found.
 *
 * @param model file name
 * @param machine processor and number of cores
 * @param llamaCpp commit and backends, of both sides
 * @param turns each median is over
 * @param comparisons with llama-bench
 * @param concurrency of this engine alone
 */
record SpeedReport(
    String model,
    String machine,
    String llamaCpp,
    int turns,
    List<PeerComparison> comparisons,
    List<Concurrency> concurrency) {

  String toJson() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(this);
  }

  void printTo(PrintWriter out) {
    out.printf("%s on %s; llama.cpp %s on both sides%n", model, machine, llamaCpp);
    out.printf("tokens a second, medians of %d turns%n%n", turns);
    out.println("threads  work          this engine  llama-bench  ratio");
    for (PeerComparison row : comparisons) {
      out.printf(
          Locale.ROOT,
          "%7d  %-12s  %11.1f  %11.1f  %5.3f%n",
          row.threads(),
          row.work() + " " + row.tokens(),
          row.engineTokensPerSecond(),
          row.llamaBenchTokensPerSecond(),
          row.ratio());
    }
    out.printf("%nthreads  sessions at once  decode together  against one%n");
    for (Concurrency row : concurrency) {
      out.printf(
          Locale.ROOT,
          "%7d  %16d  %15.1f  %10.2fx%n",
          row.threads(),
          row.sessions(),
          row.tokensPerSecond(),
          row.ratioToOne());
    }
    out.flush();
  }
}
