package dev.splitreason.training.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Puts several short examples into one row, so that little of a batch is padding. */
public final class ExamplePacking {

  private ExamplePacking() {}

  /**
   * Rows of examples, by best fit: an example goes where the least room is left over, the longest
   * first (Johnson, 1974). Rows stand in the order of their first examples.
   *
   * @param length the longest row, in tokens; no example may be longer
   */
  public static List<List<Example>> rows(List<Example> examples, int length) {
    List<Example> longestFirst =
        examples.stream().sorted(Comparator.comparingInt(Example::length).reversed()).toList();
    List<List<Example>> rows = new ArrayList<>();
    TreeMap<Integer, List<List<Example>>> byRoom = new TreeMap<>();
    for (Example example : longestFirst) {
      if (example.length() > length) {
        throw new IllegalArgumentException(
            "an example of " + example.length() + " tokens does not fit a row of " + length);
      }
      List<Example> row = take(byRoom, example.length());
      int room = length - row.stream().mapToInt(Example::length).sum() - example.length();
      if (row.isEmpty()) {
        rows.add(row);
      }
      row.add(example);
      byRoom.computeIfAbsent(room, _ -> new ArrayList<>()).add(row);
    }
    return rows;
  }

  private static List<Example> take(NavigableMap<Integer, List<List<Example>>> byRoom, int needed) {
    Map.Entry<Integer, List<List<Example>>> best = byRoom.ceilingEntry(needed);
    if (best == null) {
      return new ArrayList<>();
    }
    List<Example> row = best.getValue().removeLast();
    if (best.getValue().isEmpty()) {
      byRoom.remove(best.getKey());
    }
    return row;
  }
}
