package dev.splitreason.evaluation.run;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.trace.SpanSettings;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run does: the file beside its samples that says how they came about.
 *
 * @param benchmark as the user named it
 * @param seed of every draw
 * @param options that change answers, as text by name
 * @param pairs how each pair marks and bounds its spans, by the pair's name; empty in runs that do
 *     not tell, whose samples have {@link SpanSettings#DEFAULT}
 * @param contenders in the order they are shown
 * @param commands that made the samples
 * @param conditions under which they ran; empty in runs that do not tell
 */
public record RunDescription(
    String benchmark,
    long seed,
    SortedMap<String, String> options,
    SortedMap<String, SpanSettings> pairs,
    List<Contender> contenders,
    List<String> commands,
    List<Conditions> conditions) {

  public RunDescription {
    // Descriptions written before they told of pairs have none.
    pairs =
        Collections.unmodifiableSortedMap(pairs == null ? new TreeMap<>() : new TreeMap<>(pairs));
    contenders = List.copyOf(contenders);
    commands = List.copyOf(commands);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /**
   * This run as the continuation of an earlier one.
   *
   * @throws UserMistake with a one-line message, if their samples do not mix
   */
  RunDescription after(RunDescription earlier) {
    SortedMap<String, String> mine = whatMustAgree();
    SortedMap<String, String> others = earlier.whatMustAgree();
    mine.forEach((name, value) -> requireSame(name, String.valueOf(others.get(name)), value));
    SortedMap<String, SpanSettings> allPairs = new TreeMap<>(earlier.pairs);
    pairs.forEach(
        (name, value) -> allPairs.merge(name, value, (other, own) -> same(name, other, own)));
    SequencedSet<Contender> together = new LinkedHashSet<>(earlier.contenders);
    together.addAll(contenders);
    SequencedSet<String> commandsOfBoth = new LinkedHashSet<>(earlier.commands);
    commandsOfBoth.addAll(commands);
    return new RunDescription(
        benchmark,
        seed,
        options,
        allPairs,
        List.copyOf(together),
        List.copyOf(commandsOfBoth),
        Conditions.together(earlier.conditions, conditions));
  }

  private static SpanSettings same(String pair, SpanSettings other, SpanSettings own) {
    requireSame("chunk", Integer.toString(other.chunk()), Integer.toString(own.chunk()));
    requireSame("span cap", Integer.toString(other.cap()), Integer.toString(own.cap()));
    requireSame("tags of pair '" + pair + "'", other.tags().wrap("…"), own.tags().wrap("…"));
    return own;
  }

  private static void requireSame(String name, String other, String own) {
    if (!own.equals(other)) {
      throw new UserMistake(
          "its samples were drawn with %s %s, not %s".formatted(name, other, own),
          "repeat that run or name another folder");
    }
  }

  private SortedMap<String, String> whatMustAgree() {
    SortedMap<String, String> all = new TreeMap<>(options);
    all.put("benchmark", benchmark);
    all.put("seed", Long.toString(seed));
    return all;
  }
}
