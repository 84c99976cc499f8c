package dev.splitreason.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a row is what the row says, whatever other rows hold. */
class VerbatimRowsTest {

  private static final String GOOD =
      "{\"id\":\"%d\",\"problem\":\"q \\\"%d\\\"\",\"annotated\":\"a\\n"
          + "<bigmodel>\\\\boxed{%d}</bigmodel>\"}\n";
  private static final String ODD = "{\"id\":5,\"problem\":[\"a\"],\"annotated\":{\"x\":1}}\n";

  @TempDir private Path folder;

  @Test
  void anOddRowIsLeftOutAndChangesNoOther() throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines.append(GOOD.formatted(i, i, i));
    }
    String file = write("odd.jsonl", lines + ODD + GOOD.formatted(41, 41, 41));
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      assertThat(source.count()).isEqualTo(41);
      List<SourceTrace> traces = all(source);
      assertThat(traces).hasSize(41);
      assertThat(traces)
          .extracting(SourceTrace::problem)
          .startsWith("q \"0\"")
          .endsWith("q \"41\"");
      assertThat(traces.getFirst().text()).isEqualTo("a\n\\boxed{0}");
      assertThat(traces.getLast().row()).isEqualTo(42);
      assertThat(source.skipped()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"3:30\"",
        "\"2024-01-02\"",
        "\"550E8400-E29B-41D4-A716-446655440000\"",
        "\"007\"",
        "\" 1.50 \"",
        "\"true\"",
        "\"1\\u20282\"",
        "12345678901234567890123",
        "2",
        "2.50",
        "1e5",
        "-0.0",
        "true"
      })
  void idsAndAnswersAreWhatIsWritten(String value) throws Exception {
    String row = "{\"id\":%s,\"answer\":%s,\"text\":\"t\"}\r\n".formatted(value, value);
    String written = value.replace("\"", "").replace("\\u2028", "\u2028");
    SourceTrace trace = all(write("t.jsonl", row + row)).getFirst();
    assertThat(trace.id()).isEqualTo(written);
    assertThat(trace.answer()).isEqualTo(written);
  }

  @Test
  void aTextBehindTwentyThousandNumbersIsNoTrouble() throws Exception {
    String numbers = "{\"answer\":1,\"text\":\"t\"}\n".repeat(20_500);
    String file = write("t.jsonl", numbers + "{\"answer\":\"x = 1\",\"text\":\"t\"}\n");
    assertThat(all(file).getLast().answer()).isEqualTo("x = 1");
  }

  @Test
  void namesThatDifferInCaseAloneAreTwoColumns() throws Exception {
    String file = write("t.jsonl", "{\"ID\":\"upper\",\"id\":\"lower\",\"text\":\"t\"}\n");
    assertThat(all(file)).singleElement().extracting(SourceTrace::id).isEqualTo("lower");
  }

  @Test
  void aGenerationThatIsMissingIsPassedOver() throws Exception {
    String row =
        "{\"generations\":[null,\"T\"],\"correctness_math_verify\":[true,true],\"is_reasoning_complete\":[true,true]}\n";
    String file = write("t.jsonl", row);
    assertThat(all(file)).singleElement().extracting(SourceTrace::text).isEqualTo("T");
    assertThat(all(parquetOf(file))).singleElement().extracting(SourceTrace::text).isEqualTo("T");
  }

  @Test
  void partsOfAMessageAreJoined() throws Exception {
    String file =
        write(
            "t.jsonl",
            """
            {"messages":[{"role":"user","content":[{"type":"text","text":"q"}]},\
            {"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}
            """);
    for (String each : List.of(file, parquetOf(file))) {
      SourceTrace trace = all(each).getFirst();
      assertThat(trace.problem()).isEqualTo("q");
      assertThat(trace.text()).isEqualTo("ab");
    }
  }

  @Test
  void conversationsOfOpenThoughtsTellQuestionAndTrace() throws Exception {
    String file =
        write(
            "t.jsonl",
            """
            {"system":"s","conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}
            """);
    for (String each : List.of(file, parquetOf(file))) {
      SourceTrace trace = all(each).getFirst();
      assertThat(trace.problem()).isEqualTo("q");
      assertThat(trace.text()).isEqualTo("a");
    }
  }

  @Test
  void halfASurrogatePairLeavesItsOwnRowOut() throws Exception {
    String file = write("t.jsonl", "{\"text\":\"a\"}\n{\"text\":\"\\ud83d\"}\n{\"text\":\"c\"}\n");
    assertThat(all(file)).extracting(SourceTrace::row).containsExactly(1L, 3L);
  }

  @Test
  void binaryTextOfParquetIsUtf8OrRefused() throws Exception {
    String good = parquet("good.parquet", "SELECT encode('Caf\u00e9\n1+1?') AS text");
    String bad = parquet("bad.parquet", "SELECT '\\xFF\\xFE'::BLOB AS text");
    assertThat(all(good)).extracting(SourceTrace::text).containsExactly("Caf\u00e9\n1+1?");
    assertThatThrownBy(() -> all(bad))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bad.parquet")
        .hasMessageContaining("text must be UTF-8");
  }

  @Test
  void aFilterSeesTextsAsTheyAreWritten() throws Exception {
    String file =
        write(
            "t.jsonl",
            """
            {"id":"12:30","problem":"a\\"b","text":"one"}
            {"id":"13:30","problem":["a"],"text":"two"}
            {"id":"14:30","problem":"ab","text":"three"}
            """);
    assertThat(filtered(file, "id = '12:30'")).containsExactly("one");
    assertThat(filtered(file, "length(problem) = 3")).containsExactly("one");
    assertThat(filtered(file, "problem = 'ab'")).containsExactly("three");
  }

  @Test
  void aFilterThatIsNoneIsTheOptionsMistake() throws Exception {
    String file = write("t.jsonl", "{\"id\":\"1\",\"text\":\"one\"}\n");
    for (String each : List.of(file, parquetOf(file))) {
      for (String filter : List.of("lenght(text) > 1", "text >", "missing = 1")) {
        assertThatThrownBy(() -> filtered(each, filter))
            .isInstanceOf(UserMistake.class)
            .hasMessageStartingWith("--filter is no condition on the columns: ");
      }
    }
  }

  @Test
  void separatedValuesAreWhatIsWrittenWhateverOtherRowsHold() throws Exception {
    String rows =
        """
        id,answer,text
        # 1,3:30,t
        550E8400-E29B-41D4-A716-446655440000, 1.50 ,"a ""q"", b
        second; x"
        007,2024-01-02,NULL
        """;
    List<SourceTrace> traces = all(write("t.csv", rows));

    assertThat(traces)
        .extracting(SourceTrace::id)
        .containsExactly("# 1", "550E8400-E29B-41D4-A716-446655440000", "007");
    assertThat(traces)
        .extracting(SourceTrace::answer)
        .containsExactly("3:30", " 1.50 ", "2024-01-02");
    assertThat(traces)
        .extracting(SourceTrace::text)
        .containsExactly("t", "a \"q\", b\nsecond; x", "NULL");
    assertThat(all(write("t.tsv", "id\ttext\n1\ta,b\n")))
        .singleElement()
        .extracting(SourceTrace::text)
        .isEqualTo("a,b");
  }

  @Test
  void aRowWithMoreValuesThanNamesIsToldInPlainWords() throws Exception {
    String few = write("few.csv", "id,text\n1,a\n2,b,c\n");
    String late = write("late.csv", "id,text\n" + "1,a\n".repeat(60_000) + "2,b,c\n");

    assertThatThrownBy(() -> all(few)).hasMessageContaining("a row has more or fewer values");
    assertThatThrownBy(() -> all(late))
        .hasMessage("cannot read " + late + ": line 60002: Expected Number of Columns: 2 Found: 3");
  }

  @Test
  void aFewKilobytesThatExpandToGigabytesAreRefused() throws Exception {
    String bomb = parquet("bomb.parquet", "SELECT repeat('a', 1000000) AS text FROM range(5000)");
    assertThat(Files.size(Path.of(bomb))).isLessThan(100_000);

    assertThatThrownBy(() -> all(bomb))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bomb.parquet expands to 1,953 MiB in 2048 rows");
  }

  @Test
  void anIdThatRepeatsIsToldWithBothPlaces() throws Exception {
    String file =
        write("t.jsonl", "{\"id\":\"a\",\"text\":\"1\"}\n\n{\"id\":\"a\",\"text\":\"2\"}\n");
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      assertThat(source.repeatedIds()).containsExactly(Map.entry(2L, file + ", line 1"));
    }
  }

  @Test
  void packedFilesAreReadLikeOthers() throws Exception {
    Path gz = folder.resolve("t.jsonl.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write("{\"id\":\"3:30\",\"text\":\"t\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    Path zst = folder.resolve("t.json.zst");
    execute(
        "COPY (SELECT '3:30' AS id, 't' AS text) TO %s (FORMAT json, ARRAY true, COMPRESSION zstd)"
            .formatted(Duck.quote(zst.toString())));
    for (Path file : List.of(gz, zst)) {
      assertThat(all(file.toString())).extracting(SourceTrace::id).containsExactly("3:30");
    }
  }

  private List<String> filtered(String file, String filter) throws InterruptedException {
    var options = new SourceOptions(Columns.USUAL, filter, 0, 0);
    try (TraceSource source = TraceSource.open(List.of(file), options)) {
      return all(source).stream().map(SourceTrace::text).toList();
    }
  }

  private static List<SourceTrace> all(String file) throws InterruptedException {
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      return all(source);
    }
  }

  private static List<SourceTrace> all(TraceSource source) {
    List<SourceTrace> traces = new ArrayList<>();
    for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
      traces.add(trace);
    }
    return traces;
  }

  private String write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private String parquetOf(String lines) throws Exception {
    return parquet("t.parquet", "SELECT * FROM read_json(" + Duck.quote(lines) + ")");
  }

  private String parquet(String name, String query) throws Exception {
    Path file = folder.resolve(name);
    execute("COPY (%s) TO %s (FORMAT parquet)".formatted(query, Duck.quote(file.toString())));
    return file.toString();
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = Duck.open(folder);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
