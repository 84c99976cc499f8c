package dev.splitreason.evaluation.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run does: the file beside its samples that says how they came about.
 *
 * @param benchmark as the user named it
 * @param seed of every draw
 * @param options that change answers, as text by name
 * @param contenders in the order they are shown
 * @param commands that made the samples
 */
public record RunDescription(
    String benchmark,
    long seed,
    SortedMap<String, String> options,
    List<Contender> contenders,
    List<String> commands) {

  public RunDescription {
    contenders = List.copyOf(contenders);
    commands = List.copyOf(commands);
  }

  /**
   * This run as the continuation of an earlier one.
   *
   * @throws IllegalArgumentException with a one-line message, if their samples do not mix
   */
  RunDescription after(RunDescription earlier) {
    SortedMap<String, String> mine = whatMustAgree();
    SortedMap<String, String> others = earlier.whatMustAgree();
    for (Map.Entry<String, String> entry : mine.entrySet()) {
      String other = String.valueOf(others.get(entry.getKey()));
      if (!entry.getValue().equals(other)) {
        throw new IllegalArgumentException(
            "its samples were drawn with %s %s, not %s: repeat that run or name another folder"
                .formatted(entry.getKey(), other, entry.getValue()));
      }
    }
    SequencedSet<Contender> together = new LinkedHashSet<>(earlier.contenders);
    together.addAll(contenders);
    SequencedSet<String> commandsOfBoth = new LinkedHashSet<>(earlier.commands);
    commandsOfBoth.addAll(commands);
    return new RunDescription(
        benchmark, seed, options, List.copyOf(together), List.copyOf(commandsOfBoth));
  }

  private SortedMap<String, String> whatMustAgree() {
    SortedMap<String, String> all = new TreeMap<>(options);
    all.put("benchmark", benchmark);
    all.put("seed", Long.toString(seed));
    return all;
  }
}
