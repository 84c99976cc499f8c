package dev.splitreason.data.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.match.MatchOptions;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.data.source.DataException;
import dev.splitreason.data.source.SourceOptions;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.source.TraceSource;
import dev.splitreason.data.store.Status;
import dev.splitreason.files.jsonl.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AnnotateRunTest {

  private static final int TRACES = 40;

  @TempDir private Path folder;
  private String traces;
  private Path snippets;
  private Path output;

  /** Every fourth trace has no snippets, every fourth one that stands nowhere. */
  @BeforeEach
  void writeInputs() throws IOException {
    var texts = new StringBuilder();
    var copies = new StringBuilder();
    for (int i = 0; i < TRACES; i++) {
      String sentence = "Multiplying gives $%d \\cdot 7 = %d$.".formatted(i + 30, (i + 30) * 7);
      texts.append(line(Map.of("id", "t" + i, "text", "Case " + i + ". " + sentence + " Good.")));
      if (i % 4 != 0) {
        String copy = i % 4 == 1 ? "We apply the pigeonhole principle to residues." : sentence;
        copies.append(line(Map.of("id", "t" + i, "snippets", List.of(copy))));
      }
    }
    traces = Files.writeString(folder.resolve("t.jsonl"), texts.toString()).toString();
    snippets = Files.writeString(folder.resolve("s.jsonl"), copies.toString());
    output = folder.resolve("out.jsonl");
  }

  @Test
  void onlyAnnotatedTracesAreRowsAndInTheSourcesOrder() throws Exception {
    AnnotateSummary summary = replay(traces);

    assertThat(summary.byStatus())
        .isEqualTo(Map.of(Status.ANNOTATED, 20L, Status.EMPTY, 10L, Status.UNMATCHED, 10L));
    assertThat(summary.rows()).isEqualTo(20);
    assertThat(summary.examples()).containsOnlyKeys(Status.EMPTY, Status.UNMATCHED);
    List<JsonNode> rows = rows(output);
    assertThat(rows).hasSize(20);
    assertThat(rows).isSortedAccordingTo((a, b) -> a.get("row").asInt() - b.get("row").asInt());
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.get("annotated").asString())
                    .contains("<bigmodel>Multiplying gives $")
                    .contains("$.</bigmodel> Good."));
  }

  @Test
  void parquetHasTheSameRows() throws Exception {
    replay(traces);
    List<JsonNode> rows = rows(output);
    output = folder.resolve("out.parquet");
    replay(traces);

    assertThat(read(output))
        .extracting(SourceTrace::id)
        .containsExactlyElementsOf(rows.stream().map(row -> row.get("id").asString()).toList());
  }

  @Test
  void aRunWhoseJournalWasCutInTheMiddleOfALineEndsAsAnUncutOne() throws Exception {
    replay(traces);
    byte[] whole = Files.readAllBytes(output);
    Path journal = AnnotateRun.journalOf(output);
    byte[] lines = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(lines, lines.length / 2));

    AnnotateSummary summary = replay(traces);

    assertThat(summary.resumed()).isBetween(1L, TRACES - 1L);
    assertThat(output).hasBinaryContent(whole);
  }

  @Test
  void whatWasChangedInTheSourceIsAnnotatedAnewAndWhatIsGoneLeavesTheOutput() throws Exception {
    replay(traces);
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of(traces)));
    lines.set(2, lines.get(2).replace("Good.", "Bad."));
    lines.set(3, lines.get(3).replace("Multiplying gives", "Adding makes"));
    lines.removeLast();
    Files.write(Path.of(traces), lines);

    AnnotateSummary changed = replay(traces);

    assertThat(changed.outdated()).isEqualTo(2);
    assertThat(changed.resumed()).isEqualTo(TRACES - 2);
    byte[] resumed = Files.readAllBytes(output);
    assertThat(replay(traces).outdated()).isZero();
    assertThat(output).hasBinaryContent(resumed);

    output = folder.resolve("fresh.jsonl");
    replay(traces);
    assertThat(output).hasBinaryContent(resumed);
  }

  @Test
  void theListenerIsToldWhereTheRunBegins() throws Exception {
    replay(traces);
    List<AnnotationProgress> told = new ArrayList<>();
    try (TraceSource source = TraceSource.open(List.of(traces), SourceOptions.ALL);
        Annotator annotator = replay()) {
      new AnnotateRun(annotator, TagSpelling.BIGMODEL, 2).run(source, output, told::add);
    }

    assertThat(told).containsExactly(new AnnotationProgress(TRACES, 0, 0, 0, 0));
  }

  @Test
  void tagsOfTheSourceAreKeptInTheUsualSpellingUnlessTheyDoNotPair() throws Exception {
    String tagged =
        write(
            "tagged.jsonl",
            line(Map.of("id", "a", "text", "1<bigmodel>77<\\bigmodel>6")),
            line(Map.of("id", "b", "text", "1<bigmodel>776")),
            line(Map.of("id", "c", "text", "1776")));

    AnnotateSummary summary = run(new TagsAnnotator(), tagged);

    assertThat(summary.byStatus())
        .isEqualTo(Map.of(Status.ANNOTATED, 1L, Status.MALFORMED, 1L, Status.EMPTY, 1L));
    assertThat(rows(output))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("text").asString()).isEqualTo("1776");
              assertThat(row.get("annotated").asString()).isEqualTo("1<bigmodel>77</bigmodel>6");
            });
  }

  @Test
  void otherAnnotatorsSeeATaggedSourceWithoutItsTags() throws Exception {
    String tagged =
        write(
            "tagged.jsonl",
            line(Map.of("id", "t2", "text", "<bigmodel>So<\\bigmodel> 32 \\cdot 7 = 224. Good.")));
    Files.writeString(snippets, line(Map.of("id", "t2", "snippets", List.of("32 \\cdot 7 = 224"))));

    replay(tagged);

    assertThat(rows(output).getFirst().get("annotated").asString())
        .isEqualTo("So <bigmodel>32 \\cdot 7 = 224</bigmodel>. Good.");
  }

  @Test
  void theJournalOfAnotherRunIsRefused() throws Exception {
    replay(traces);
    assertThatThrownBy(() -> run(new TagsAnnotator(), traces))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is the journal of another run: --annotator was replay and is tags;");
  }

  @Test
  void onlyWhatDiffersIsToldByTheNamesOfItsOptions() throws Exception {
    replay(traces);
    String chosenAnew =
        Files.readString(snippets) + line(Map.of("id", "t9", "snippets", List.of()));
    Files.writeString(snippets, chosenAnew);
    MatchOptions other = MatchOptions.DEFAULT.withThreshold(0.9);
    assertThatThrownBy(
            () ->
                run(
                    new ReplayAnnotator(
                        snippets, new SnippetMatcher(other), Map.of(), problem -> {}),
                    traces))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is the journal of another run: --snippets was ")
        .hasMessageContaining("--threshold was " + MatchOptions.DEFAULT_THRESHOLD + " and is 0.9;")
        .message()
        .doesNotContain("--merge-gap", "the traces");
  }

  @Test
  void anOutputOfUnknownFormatIsRefusedBeforeAnythingIsDone() {
    output = folder.resolve("out.csv");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> replay(traces))
        .withMessageContaining("must end in .parquet or .jsonl");
    assertThat(AnnotateRun.journalOf(output)).doesNotExist();
  }

  private AnnotateSummary replay(String location) throws Exception {
    return run(replay(), location);
  }

  private Annotator replay() throws IOException {
    return new ReplayAnnotator(
        snippets, new SnippetMatcher(MatchOptions.DEFAULT), Map.of(), problem -> {});
  }

  private AnnotateSummary run(Annotator annotator, String location) throws Exception {
    try (annotator;
        TraceSource source = TraceSource.open(List.of(location), SourceOptions.ALL)) {
      return new AnnotateRun(annotator, TagSpelling.BIGMODEL, 4)
          .run(source, output, progress -> {});
    }
  }

  private String write(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("", lines)).toString();
  }

  private static String line(Object value) {
    return Json.MAPPER.writeValueAsString(value) + "\n";
  }

  private static List<SourceTrace> read(Path file) throws InterruptedException {
    List<SourceTrace> read = new ArrayList<>();
    try (TraceSource source = TraceSource.open(List.of(file.toString()), SourceOptions.ALL)) {
      for (SourceTrace trace = source.next(); trace != null; trace = source.next()) {
        read.add(trace);
      }
    }
    return read;
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(Json.MAPPER::readTree).toList();
  }
}
