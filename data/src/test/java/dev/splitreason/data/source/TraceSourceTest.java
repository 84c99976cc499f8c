package dev.splitreason.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.splitreason.data.tagged.Span;
import dev.splitreason.data.tagged.TaggedText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSourceTest {

  private static final String OPEN_R1 =
      """
      {"uuid":"a","problem":"p1","answer":"1","generations":["wrong","right","also"],"correctness_math_verify":[false,true,true],"is_reasoning_complete":[true,true,true]}
      {"uuid":"b","problem":"p2","answer":"2","generations":["cut short","whole"],"correctness_math_verify":[true,true],"is_reasoning_complete":[false,true]}
      {"uuid":"c","problem":"p3","answer":"3","generations":["never right"],"correctness_math_verify":[false],"is_reasoning_complete":[true]}
      """;

  @TempDir Path folder;

  @Test
  void takesTheFirstCorrectAndCompleteGenerationOfTheOpenR1Layout() throws Exception {
    String file = write("r1.jsonl", OPEN_R1);
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      assertThat(source.next()).isEqualTo(trace(1, "a", "p1", "1", "right"));
      assertThat(source.next()).isEqualTo(trace(2, "b", "p2", "2", "whole"));
      assertThat(source.next()).isNull();
      assertThat(source.skipped()).isEqualTo(1);
    }
  }

  @Test
  void tagsThatOnlyTheMessagesHaveAreReadFromThere() throws Exception {
    String file =
        write(
            "published.jsonl",
            """
            {"uuid":"a","problem":"p","generations":["1 2 3"],"messages":[{"role":"user","content":"p"},{"role":"assistant","content":"1 <bigmodel>2<\\\\bigmodel> 3"}]}
            {"uuid":"b","problem":"p","generations":["plain"],"messages":[{"role":"user","content":"p"},{"role":"assistant","content":"other"}]}
            """);
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      SourceTrace tagged = Objects.requireNonNull(source.next());
      assertThat(tagged.tagged().text()).isEqualTo("1 2 3");
      assertThat(tagged.tagged().spans()).containsExactly(new Span(2, 3));
      assertThat(Objects.requireNonNull(source.next()).tagged().text()).isEqualTo("plain");
    }
  }

  @Test
  void readsTheSameFromParquetJsonAndCsv() throws Exception {
    String lines =
        write("t.jsonl", "{\"id\":\"x\",\"text\":\"one\"}\n{\"id\":\"y\",\"text\":\"two, 2\"}\n");
    convert(lines, "t.parquet", "FORMAT parquet");
    convert(lines, "t.csv", "FORMAT csv, HEADER");
    convert(lines, "t.json", "FORMAT json, ARRAY true");
    for (String name : List.of("t.jsonl", "t.parquet", "t.csv", "t.json")) {
      assertThat(texts(SourceOptions.ALL, folder.resolve(name).toString()))
          .as(name)
          .containsExactly("one", "two, 2");
    }
  }

  @Test
  void readsAllFilesOfAGlob() throws Exception {
    write("part-1.jsonl", "{\"text\":\"one\"}\n");
    write("part-2.jsonl", "{\"text\":\"two\"}\n");
    assertThat(texts(SourceOptions.ALL, folder.resolve("part-*.jsonl").toString()))
        .containsExactly("one", "two");
  }

  @Test
  void readsFromAWebServer() throws Exception {
    write("r1.jsonl", OPEN_R1);
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            folder,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      String root = "http://localhost:" + server.getAddress().getPort();
      assertThat(texts(SourceOptions.ALL, root + "/r1.jsonl?download=1"))
          .containsExactly("right", "whole");
      assertThatThrownBy(() -> texts(SourceOptions.ALL, root + "/none.jsonl"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("the server answered 404");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void otherColumnsAreNamed() throws Exception {
    String file =
        write("t.jsonl", "{\"key\":7,\"q\":\"why\",\"cot\":\"because\",\"gold\":\"42\"}\n");
    var columns = new Columns("key", "q", "gold", "cot");
    try (TraceSource source =
        TraceSource.open(List.of(file), new SourceOptions(columns, null, 0, 0))) {
      assertThat(source.next()).isEqualTo(trace(1, "7", "why", "42", "because"));
    }
  }

  @Test
  void theLastAssistantMessageIsATrace() throws Exception {
    String file =
        write(
            "t.jsonl",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]}\n");
    assertThat(texts(SourceOptions.ALL, file)).containsExactly("a");
  }

  @Test
  void tagsInThePublishedSpellingTooAreSpansOfTheTextWithoutThem() throws Exception {
    String file = write("t.jsonl", "{\"text\":\"x <bigmodel>1<\\\\bigmodel> y\"}\n");
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      assertThat(source.next())
          .extracting(SourceTrace::tagged)
          .isEqualTo(new TaggedText("x 1 y", List.of(new Span(2, 3)), null, List.of()));
    }
  }

  @Test
  void segmentsOfARecordedAnswerAreATraceWithTheLargeModelsSpans() throws Exception {
    String file =
        write(
            "samples.jsonl",
            """
            {"problem":"p1","sample":0,"policy":"random:0.1","question":"why?","segments":[\
            {"author":"small","text":"a","tokens":1},{"author":"large","text":"bc","tokens":2}]}
            {"problem":"p2","sample":0,"policy":"random:0.1","question":"how?","segments":null}
            """);
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      assertThat(source.next())
          .isEqualTo(
              new SourceTrace(
                  1,
                  "p1/random:0.1/0",
                  "why?",
                  null,
                  new TaggedText("abc", List.of(new Span(1, 3)), List.of(2), List.of())));
      assertThat(source.next()).isNull();
    }
  }

  @Test
  void tagsOfARecordedAnswerAreToldInTheSpellingOfItsPair() throws Exception {
    String file =
        write(
            "traces.jsonl",
            """
            {"id":"old","segments":[{"author":"small","text":"a<bigmodel>","tokens":2},\
            {"author":"large","text":"b","tokens":1}]}
            {"id":"new","segments":[{"author":"small","text":"a<<","tokens":2},\
            {"author":"large","text":"b","tokens":1},{"author":"small","text":">>c","tokens":2}],\
            "pair":{"chunk":2,"span_cap":64,"tags":{"open":"<<","close":">>"}}}
            """);
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      assertThat(source.next()).extracting(SourceTrace::text).isEqualTo("ab");
      assertThat(source.next()).extracting(SourceTrace::text).isEqualTo("abc");
    }
  }

  @Test
  void aByteOrderMarkAndLineEndsOfWindowsAreNoTrouble() throws Exception {
    String file = write("bom.jsonl", "\ufeff{\"text\":\"a\"}\r\n{\"text\":\"b\"}\r\n");
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      assertThat(source.next()).extracting(SourceTrace::text).isEqualTo("a");
      assertThat(source.next()).extracting(SourceTrace::text).isEqualTo("b");
      assertThat(source.next()).isNull();
    }
  }

  @Test
  void aLineThatIsCutIsToldWithItsNumber() throws Exception {
    String file = write("cut.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"c");

    assertThatThrownBy(() -> readAll(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ", line 3 is not valid JSON: ");
  }

  @Test
  void aFileWithoutTracesAndOneThatIsMissingAreNamed() throws Exception {
    String empty = write("empty.jsonl", "");
    String missing = empty.replace("empty", "missing");

    assertThatThrownBy(() -> readAll(empty)).hasMessage(empty + " holds no JSON objects");
    assertThatThrownBy(() -> readAll(missing)).hasMessage("no such file: " + missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:///x.jsonl", "http://a b/x.jsonl", "https://:80/x.jsonl"})
  void anAddressWithoutAServerIsNamed(String address) {
    assertThatThrownBy(() -> readAll(address))
        .isInstanceOf(DataException.class)
        .hasMessage("not an address: " + address);
  }

  private static void readAll(String file) throws InterruptedException {
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      while (source.next() != null) {
        // read on
      }
    }
  }

  @Test
  void tracesAreCountedBeforeTheyAreRead() throws Exception {
    String file = write("r1.jsonl", OPEN_R1);
    try (TraceSource source = TraceSource.open(List.of(file), SourceOptions.ALL)) {
      assertThat(source.count()).isEqualTo(2);
      assertThat(source.next()).isNotNull();
    }
    var sampled = new SourceOptions(Columns.USUAL, "n > 5", 3, 1);
    try (TraceSource source = TraceSource.open(List.of(numbered(10)), sampled)) {
      assertThat(source.count()).isEqualTo(3);
    }
  }

  @Test
  void aFilterKeepsRowsByTheSourcesOwnColumns() throws Exception {
    String file = numbered(10);
    var options = new SourceOptions(Columns.USUAL, "n > 7", 0, 0);
    assertThat(texts(options, file)).containsExactly("t8", "t9", "t10");
  }

  @Test
  void aSampleHasItsSizeItsOrderAndDependsOnTheSeedAlone() throws Exception {
    String file = numbered(200);
    List<String> drawn = texts(new SourceOptions(Columns.USUAL, null, 20, 1), file);
    assertThat(drawn).hasSize(20).doesNotHaveDuplicates();
    assertThat(drawn).isSortedAccordingTo((a, b) -> number(a) - number(b));
    assertThat(texts(new SourceOptions(Columns.USUAL, null, 20, 1), file)).isEqualTo(drawn);
    assertThat(texts(new SourceOptions(Columns.USUAL, null, 20, 2), file)).isNotEqualTo(drawn);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws Exception {
    String good = numbered(500);
    convert(good, "whole.parquet", "FORMAT parquet");
    byte[] whole = Files.readAllBytes(folder.resolve("whole.parquet"));
    Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length / 2));

    assertFails(SourceOptions.ALL, cut.toString(), "cut.parquet");
    assertFails(SourceOptions.ALL, folder.resolve("no.parquet").toString(), "no.parquet");
    assertFails(SourceOptions.ALL, folder.resolve("no.xlsx").toString(), "must end in .parquet");
    assertFails(
        new SourceOptions(new Columns(null, null, null, "cot"), null, 0, 0),
        good,
        "there is no column 'cot' for the trace; the columns are n, text");
    assertFails(SourceOptions.ALL, write("n.jsonl", "{\"n\":1}\n"), "no column holds a trace");
    assertFails(SourceOptions.ALL, write("bad.jsonl", "{\"text\":\"a\"}\n{\"text\":"), "bad.jsonl");
  }

  private static SourceTrace trace(
      long row, String id, String problem, String answer, String text) {
    return new SourceTrace(row, id, problem, answer, TaggedText.untagged(text));
  }

  private void assertFails(SourceOptions options, String location, String message) {
    assertThatThrownBy(() -> texts(options, location))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  private static int number(String text) {
    return Integer.parseInt(text.substring(1));
  }

  private String numbered(int rows) throws IOException {
    var lines = new StringBuilder();
    for (int n = 1; n <= rows; n++) {
      lines.append("{\"n\":").append(n).append(",\"text\":\"t").append(n).append("\"}\n");
    }
    return write("numbered.jsonl", lines.toString());
  }

  private String write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private void convert(String lines, String name, String format) throws SQLException {
    try (Connection connection = Duck.open(folder);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (FROM read_json(%s)) TO %s (%s)"
              .formatted(Duck.quote(lines), Duck.quote(folder.resolve(name).toString()), format));
    }
  }

  private static List<String> texts(SourceOptions options, String location)
      throws InterruptedException {
    List<String> texts = new ArrayList<>();
    try (TraceSource source = TraceSource.open(List.of(location), options)) {
      for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
        texts.add(trace.text());
      }
    }
    return texts;
  }
}
