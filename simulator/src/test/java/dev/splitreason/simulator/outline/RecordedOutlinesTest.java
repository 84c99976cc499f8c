package dev.splitreason.simulator.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.SpanSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedOutlinesTest {

  private static final String SPLIT =
      """
      {"answer":"5","segments":[\
      {"author":"small","text":"1<bigmodel>","tokens":9,"start":0.1,"end":0.2},\
      {"author":"large","text":"77","tokens":2},\
      {"author":"small","text":"</bigmodel>6<bigmodel></bigmodel>!","tokens":20}],\
      "usage":{"small_tokens":29}}
      """;

  @TempDir Path folder;

  private static List<Outline> read(Path file) throws IOException {
    return RecordedOutlines.read(file, 30).outlines();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("traces.jsonl"), text);
  }

  @Test
  void segmentsBecomeTurnsWithTheirTagsCounted() throws IOException {
    assertThat(read(file(SPLIT)))
        .containsExactly(
            new Outline(
                30,
                List.of(
                    new OutlineTurn(Author.SMALL, 9, 1),
                    new OutlineTurn(Author.LARGE, 2, 0),
                    new OutlineTurn(Author.SMALL, 20, 3))));
  }

  @Test
  void anAnswerThatWasEndedBeforeItHadTextIsPassedOver() throws IOException {
    String cut = "{\"segments\":[],\"finish_reason\":\"timeout\"}\n";

    assertThat(read(file(cut + SPLIT + cut))).isEqualTo(read(file(SPLIT))).hasSize(1);
    assertThatThrownBy(() -> read(file(cut)))
        .hasMessage(folder.resolve("traces.jsonl") + " has only answers without text");
  }

  @Test
  void aPairsOwnTagsAreCountedAndItsSettingsTold() throws IOException {
    String other =
        """
        {"segments":[{"author":"small","text":"1<<","tokens":3},\
        {"author":"large","text":"77","tokens":2}],\
        "pair":{"chunk":2,"span_cap":64,"tags":{"open":"<<","close":">>"}}}
        """;

    RecordedOutlines recorded = RecordedOutlines.read(file(SPLIT + other + other), 30);

    assertThat(recorded.outlines().getLast().turns().getFirst())
        .isEqualTo(new OutlineTurn(Author.SMALL, 3, 1));
    assertThat(recorded.spans())
        .containsExactly(
            SpanSettings.DEFAULT, new SpanSettings(new TagSpelling("<<", ">>"), 2, 64));
  }

  @Test
  void aByteOrderMarkAndLineEndsOfWindowsAreNoTrouble() throws IOException {
    assertThat(read(file("\ufeff" + SPLIT.replace("\n", "\r\n") + "\r\n"))).hasSize(1);
  }

  @Test
  void blankLinesAreNoTraces() throws IOException {
    assertThat(read(file("\n" + SPLIT + "\n\n" + SPLIT))).hasSize(2);
  }

  @Test
  void aTagThatTheLargeModelSpelledIsText() throws IOException {
    Path file =
        file("{\"segments\":[{\"author\":\"large\",\"text\":\"<bigmodel>\",\"tokens\":1}]}");

    assertThat(read(file).getFirst().text()).isEqualTo(1);
  }

  @Test
  void aBrokenLineIsNamed() throws IOException {
    Path file = file(SPLIT + "{\"segments\":[");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ", line 2 is not valid JSON: ");
  }

  @Test
  void aLineWithoutSegmentsIsNamed() throws IOException {
    Path file = file("{\"id\":1}");

    assertThatThrownBy(() -> read(file)).hasMessage(file + ", line 1: no list of segments");
  }

  @Test
  void anUnknownAuthorIsNamed() throws IOException {
    Path file = file("{\"segments\":[{\"author\":\"me\",\"tokens\":1}]}");

    assertThatThrownBy(() -> read(file))
        .hasMessage(file + ", line 1: a segment's author is small or large, not \"me\"");
  }

  @Test
  void aSegmentNeedsItsNumberOfTokens() throws IOException {
    Path file = file("{\"segments\":[{\"author\":\"small\",\"tokens\":\"x\"}]}");

    assertThatThrownBy(() -> read(file))
        .hasMessage(file + ", line 1: a segment without its number of tokens");
  }

  @Test
  void aFileWithoutTracesIsRefused() throws IOException {
    Path file = file("\n");

    assertThatThrownBy(() -> read(file)).hasMessage(file + " has no traces");
  }

  @Test
  void aMissingFileIsAnIoError() {
    assertThatThrownBy(() -> read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
  }
}
