package dev.splitreason.data.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchRunTest {

  @TempDir Path folder;
  private Path traces;
  private Path snippets;
  private Path output;
  private final List<String> problems = new ArrayList<>();

  @BeforeEach
  void nameFiles() {
    traces = folder.resolve("traces.jsonl");
    snippets = folder.resolve("snippets.jsonl");
    output = folder.resolve("out.jsonl");
  }

  @Test
  void writesOneLineForEachTraceInTheirOrder() throws IOException {
    Files.writeString(
        traces,
        """
        {"id":"a","text":"first 37*48=1776, then 76+29=05"}
        {"id":2,"text":"nothing hard"}
        """);
    Files.writeString(
        snippets,
        """
        {"id":2,"snippets":[]}
        {"id":"a","snippets":["37 * 48 = 1776","not in there at all"]}
        """);

    MatchSummary summary = run();

    assertThat(Files.readAllLines(output))
        .containsExactly(
            "{\"id\":\"a\",\"spans\":[{\"start\":6,\"end\":16,\"score\":1.0}],"
                + "\"annotated\":\"first <bigmodel>37*48=1776</bigmodel>, then 76+29=05\","
                + "\"unmatched\":[\"not in there at all\"]}",
            "{\"id\":2,\"spans\":[],\"annotated\":\"nothing hard\",\"unmatched\":[]}");
    assertThat(summary).isEqualTo(new MatchSummary(2, 2, 1, 1, 0));
    assertThat(problems).isEmpty();
  }

  @Test
  void tellsEachLineItCannotUseAndGoesOn() throws IOException {
    Files.writeString(
        traces,
        """
        {"id":"a","text":
        ["a"]
        {"text":"no id"}
        {"id":true,"text":"a yes is no id"}
        {"id":"b"}
        {"id":"c","text":"good"} trailing
        {"id":"d","text":"good"}
        {"id":"d","text":"again"}
        """);
    Files.writeString(
        snippets,
        """
        {"id":"d","snippets":["good"]}
        {"id":"d","snippets":["twice"]}
        {"id":"x","snippets":["orphan"]}
        {"id":"y","snippets":"no list"}
        {"id":"z","snippets":[1]}
        """);

    MatchSummary summary = run();

    assertThat(problems)
        .hasSize(11)
        .allSatisfy(line -> assertThat(line).doesNotContain("\n"))
        .anySatisfy(line -> assertThat(line).contains("traces.jsonl line 1 is not valid JSON"))
        .anySatisfy(line -> assertThat(line).endsWith("traces.jsonl line 2 must be a JSON object"))
        .anySatisfy(line -> assertThat(line).contains("traces.jsonl line 3 needs an \"id\""))
        .anySatisfy(line -> assertThat(line).contains("traces.jsonl line 4 needs an \"id\""))
        .anySatisfy(line -> assertThat(line).contains("traces.jsonl line 5 needs a \"text\""))
        .anySatisfy(line -> assertThat(line).contains("traces.jsonl line 6 is not valid JSON"))
        .anySatisfy(
            line -> assertThat(line).contains("traces.jsonl line 8 repeats the id 'd' of line 7"))
        .anySatisfy(line -> assertThat(line).contains("line 2 repeats the id 'd' of line 1"))
        .anySatisfy(line -> assertThat(line).contains("line 3 has snippets for 'x'"))
        .anySatisfy(line -> assertThat(line).contains("line 4 needs \"snippets\""))
        .anySatisfy(line -> assertThat(line).contains("line 5 needs \"snippets\""));
    assertThat(summary.problems()).isEqualTo(11);
    assertThat(Files.readAllLines(output)).singleElement().asString().contains("\"id\":\"d\"");
  }

  @Test
  void aTraceWithoutSnippetsIsWrittenUnchanged() throws IOException {
    Files.writeString(traces, "{\"id\":\"a\",\"text\":\"as it was\"}");
    Files.writeString(snippets, "");
    run();
    assertThat(output)
        .hasContent("{\"id\":\"a\",\"spans\":[],\"annotated\":\"as it was\",\"unmatched\":[]}");
  }

  @Test
  void halfASurrogatePairComesBackAsItWas() throws IOException {
    Files.writeString(traces, "{\"id\":\"a\",\"text\":\"half \\ud83d pair\"}\n");
    Files.writeString(snippets, "");
    run();
    assertThat(Files.readString(output)).contains("half \\uD83D pair");
  }

  @Test
  void invalidUtf8IsAProblemOfItsLine() throws IOException {
    Files.write(traces, new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xff, '"', '}'});
    Files.writeString(snippets, "");
    assertThat(run().problems()).isEqualTo(1);
    assertThat(problems.getFirst()).contains("line 1 is not valid JSON");
  }

  @Test
  void aMissingInputLeavesTheOldOutput() throws IOException {
    Files.writeString(output, "old");
    Files.writeString(snippets, "");
    assertThatThrownBy(this::run).isInstanceOf(NoSuchFileException.class);
    assertThat(output).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.partial-*");
  }

  @Test
  void aMissingOutputFolderIsSaidSo() throws IOException {
    Files.writeString(traces, "");
    Files.writeString(snippets, "");
    output = folder.resolve("missing/out.jsonl");
    assertThatThrownBy(this::run).isInstanceOf(IOException.class).hasMessageContaining("create it");
  }

  private MatchSummary run() throws IOException {
    return new MatchRun(MatchOptions.DEFAULT).run(traces, snippets, output, problems::add);
  }
}
