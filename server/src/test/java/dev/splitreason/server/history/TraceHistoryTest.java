package dev.splitreason.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.server.history.TraceHistory.Found;
import dev.splitreason.server.history.TraceHistory.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is kept, and for how long. */
class TraceHistoryTest {

  private static final long ROOM = 1 << 20;
  private static final int LONG = 20_000;

  @TempDir private Path folder;

  private final Random random = new Random(7);

  @Test
  void the_oldest_goes_first_and_the_file_stays_small() throws SQLException, IOException {
    Path file = folder.resolve("small.duckdb");
    long largest = 0;
    try (TraceHistory history = TraceHistory.open(file, ROOM)) {
      for (int i = 0; i < 400; i++) {
        assertThat(history.keep("a", "chain", trace("t" + i), text(LONG))).isTrue();
        largest = Math.max(largest, Files.size(file));
      }
      Found found = history.find("a", new Search("", "", 400, null));

      assertThat(found.traces()).hasSize((int) (ROOM / LONG)).first().isEqualTo(trace("t399"));
      assertThat(history.document("a", "t0")).isNull();
    }
    // Eight times what there is room for was kept, of text that cannot be compressed.
    assertThat(largest).isLessThan(3 * ROOM);
  }

  @Test
  void what_was_kept_is_there_again_and_less_of_it_where_there_is_less_room() throws SQLException {
    Path file = folder.resolve("again.duckdb");
    try (TraceHistory history = TraceHistory.open(file, ROOM)) {
      for (int i = 0; i < 10; i++) {
        history.keep("a", "chain", trace("t" + i), text(LONG));
      }
    }
    try (TraceHistory history = TraceHistory.open(file, 5 * (LONG + 100))) {
      assertThat(history.find("a", new Search("", "", 50, null)).traces())
          .extracting(TraceSummary::id)
          .containsExactly("t9", "t8", "t7", "t6", "t5");

      history.keep("a", "chain", trace("new"), "{}");

      assertThat(history.find("a", new Search("", "", 2, null)).traces())
          .extracting(TraceSummary::id)
          .containsExactly("new", "t9");
    }
  }

  @Test
  void an_answer_longer_than_all_may_be_together_drives_no_other_out() throws SQLException {
    try (TraceHistory history = TraceHistory.open(folder.resolve("long.duckdb"), ROOM)) {
      history.keep("a", "chain", trace("short"), "{}");

      assertThat(history.keep("a", "chain", trace("long"), text((int) ROOM + 1))).isFalse();
      assertThat(history.document("a", "short")).isEqualTo("{}");
    }
  }

  @Test
  void a_file_that_is_something_else_is_told_in_a_line() throws IOException {
    Path file = folder.resolve("other.txt");
    Files.writeString(file, "no database".repeat(1000));

    assertThatThrownBy(() -> TraceHistory.open(file, ROOM))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("other.txt cannot be opened")
        .hasMessageNotContaining("\n");
  }

  private static TraceSummary trace(String id) {
    return new TraceSummary(id, 1, "chain", "What?", "7", 0.5, 1, 1, 1, false);
  }

  private String text(int length) {
    byte[] bytes = new byte[length * 3 / 4];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
