package dev.splitreason.evaluation.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What else was so when samples were drawn: it changes no answer, but times, and tells others what
 * they need to measure the same.
 *
 * @param started when the command began
 * @param version of this software
 * @param commit it was built from, or null if that is not known
 * @param machine its processor, cores, memory and system in a line
 * @param inFlight the most answers at once, under which latencies were measured
 * @param models where each model was and the SHA-256 of its file, by name
 */
public record Conditions(
    Instant started,
    String version,
    @Nullable String commit,
    String machine,
    int inFlight,
    SortedMap<String, Weights> models) {

  /**
   * The weights of a model.
   *
   * @param location a file, or {@code URL#model}
   * @param sha256 of the file, or null where a server has it
   */
  public record Weights(String location, @Nullable String sha256) {}

  public Conditions {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  /** Whether others are the same but for the time. */
  private boolean alike(Conditions other) {
    return equals(
        new Conditions(
            started, other.version, other.commit, other.machine, other.inFlight, other.models));
  }

  /** All conditions in order of time; one of those that are alike, the first. */
  static List<Conditions> together(List<Conditions> earlier, List<Conditions> later) {
    List<Conditions> all = new ArrayList<>(earlier);
    for (Conditions one : later) {
      if (all.stream().noneMatch(one::alike)) {
        all.add(one);
      }
    }
    return all;
  }
}
