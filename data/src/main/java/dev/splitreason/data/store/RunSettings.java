package dev.splitreason.data.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation run does: all that decides what becomes of a trace.
 *
 * @param annotator who annotates
 * @param settings by the names of the options that say them; what is not said is missing
 */
public record RunSettings(String annotator, SequencedMap<String, String> settings) {

  public RunSettings {
    settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
  }

  /**
   * How this run differs from an earlier one, in words; empty if it does not. Under another
   * annotator all else is another thing too, and is not told.
   */
  String differenceFrom(RunSettings earlier) {
    if (!annotator.equals(earlier.annotator)) {
      return changed("--annotator", earlier.annotator, annotator);
    }
    SequencedSet<String> names = new LinkedHashSet<>(settings.keySet());
    names.addAll(earlier.settings.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String now = settings.get(name);
      String before = earlier.settings.get(name);
      if (now == null || !now.equals(before)) {
        differences.add(changed(name, before, now));
      }
    }
    return String.join("; ", differences);
  }

  private static String changed(String name, @Nullable String before, @Nullable String now) {
    return "%s was %s and is %s".formatted(name, told(before), told(now));
  }

  private static String told(@Nullable String value) {
    return value == null ? "not given" : value;
  }
}
