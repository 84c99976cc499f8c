package dev.splitreason.answers.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of the table of judged pairs.
 *
 * @param note why, where graders differ
 */
record Pair(
    String id, String gold, String answer, boolean equal, String kind, @Nullable String note) {

  /** All of the table. */
  static List<Pair> all() throws IOException {
    return all("pairs.jsonl");
  }

  /** All of a table. */
  static List<Pair> all(String table) throws IOException {
    JsonMapper json = new JsonMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Pair.class.getResourceAsStream(table)),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> json.readValue(line, Pair.class)).toList();
    }
  }
}
