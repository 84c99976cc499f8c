package dev.splitreason.benchmarks.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How files ended, how long each took, and which of them not as they should. */
final class Tally {

  /** What one file may take, trial included. */
  private static final Duration LIMIT = Duration.ofSeconds(190);

  /** What this process may take over all files. */
  private static final long MOST_MEMORY_KB = 2L << 20;

  /** Above this a file is named while the command runs. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<Long> millis = new ArrayList<>();
  private int bad;

  /** Opens a file and notes how it ended: {@link Trial#ANSWERED}, or a line that says why not. */
  void add(String name, Trial trial, Path file) throws InterruptedException {
    long start = System.nanoTime();
    String outcome;
    try {
      outcome = trial.open(file);
    } catch (RuntimeException e) {
      outcome = "a programming error:\n" + e;
    }
    long took = (System.nanoTime() - start) / 1_000_000;
    millis.add(took);
    if (took >= LIMIT.toMillis() || outcome.isBlank() || outcome.contains("\n")) {
      bad++;
      System.out.printf("%s: %d ms, %s%n", name, took, outcome);
    } else if (took > SLOW.toMillis()) {
      System.err.printf("%s took %d ms: %s%n", name, took, outcome);
    }
    outcomes.merge(kind(outcome), 1, Integer::sum);
  }

  private static String kind(String outcome) {
    if (outcome.equals(Trial.ANSWERED)) {
      return outcome;
    }
    if (outcome.contains("llama.cpp cannot live")) {
      return "ended the process of the trial: " + outcome.replaceFirst(".*this file: ", "");
    }
    return outcome.contains("a trial with this file failed")
        ? "the trial did not finish"
        : "refused in one line";
  }

  /** Prints all; gives whether all is as it should be. */
  boolean print() throws IOException {
    long peak = peakKilobytes();
    millis.sort(null);
    outcomes.forEach((kind, times) -> System.out.printf("%6d  %s%n", times, kind));
    System.out.printf(
        "%d files: median %d ms, slowest %d ms, peak memory %d MB, %d not as they should be%n",
        millis.size(), millis.get(millis.size() / 2), millis.getLast(), peak >> 10, bad);
    return bad == 0 && peak < MOST_MEMORY_KB;
  }

  private static long peakKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
