package dev.splitreason.training.sft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.data.source.DataException;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.sft.TraceExamples.FileCheck;
import dev.splitreason.training.tokenizer.ChainVocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceExamplesTest {

  private static final JsonTokenizer TOKENIZER = JsonTokenizer.of(ChainVocabulary.files());
  private static final String PROMPT = "<｜begin▁of▁sentence｜><｜User｜>Q<｜Assistant｜><think>\n";
  private static final String END = "<｜end▁of▁sentence｜>";

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    TOKENIZER.close();
  }

  @Test
  void theTagsOfATraceAreLearnedAsControlTokens() throws Exception {
    Example example = read("37*48=1<bigmodel>77</bigmodel>6").learned().getFirst();

    assertThat(text(example)).isEqualTo(PROMPT + "37*48=1<bigmodel>77</bigmodel>6" + END);
    assertThat(Arrays.stream(example.tokens()).boxed().toList())
        .contains(id("<bigmodel>"), id("</bigmodel>"));
  }

  @Test
  void thePublishedCloseTagIsThatOfThePair() throws Exception {
    Example example = read("1<bigmodel>77<\\\\bigmodel>6").learned().getFirst();

    assertThat(text(example)).isEqualTo(PROMPT + "1<bigmodel>77</bigmodel>6" + END);
  }

  @Test
  void tagsMayBeSpelledOtherwise() throws Exception {
    Example example =
        read("1[[77]]6", "data.open-tag='[['", "data.close-tag=']]'").learned().getFirst();

    assertThat(text(example)).isEqualTo(PROMPT + "1[[77]]6" + END);
  }

  @Test
  void rowsThatCannotBeLearnedAreCountedEachByItsReason() throws Exception {
    Path file = folder.resolve("rows.jsonl");
    Files.writeString(
        file,
        """
        {"problem": "Q", "annotated": "1<bigmodel>77</bigmodel>6"}
        {"problem": "Q", "annotated": null}
        {"problem": "Q", "annotated": ""}
        {"problem": "Q", "annotated": {"x": 1}}
        {"problem": ["Q"], "annotated": "1"}
        {"annotated": "1"}
        {"problem": "", "annotated": "1"}
        {"problem": "Q", "annotated": "1<bigmodel>77</bigmodel>6 and <bigmodel>more"}
        {"problem": "Q", "annotated": "1</bigmodel>77"}
        """);

    TraceExamples examples = readFile(file);

    assertThat(examples.learned()).hasSize(1);
    assertThat(examples.losses())
        .isEqualTo("4 without a trace, 2 without a question, 2 with tags that pair with none");
  }

  @Test
  void whatIsTooLongIsCountedAndNothingLeftIsAnError() {
    assertThatThrownBy(() -> read("1776", "data.max-length=8"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "0 examples are left of 1 (0 without a trace, 0 without a question, 0 with tags that"
                + " pair with none, 1 too long)");
  }

  private TraceExamples read(String trace, String... settings) throws Exception {
    Path file = folder.resolve("traces.jsonl");
    Files.writeString(file, "{\"problem\": \"Q\", \"annotated\": \"" + trace + "\"}\n");
    return readFile(file, settings);
  }

  private static TraceExamples readFile(Path file, String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of("data.files=['" + file + "']", "data.held-out=0"));
    all.addAll(List.of(settings));
    SftConfig config = ConfigFile.read(SftConfig.DEFAULT, null, all);
    return TraceExamples.read(
        config.data(), 1, FineTuning.chat(config, TOKENIZER, Map.of()), FileCheck.NONE);
  }

  private static int id(String control) {
    return TOKENIZER.tokenizeWithControl(control)[0];
  }

  private static String text(Example example) {
    return Arrays.stream(example.tokens())
        .mapToObj(id -> TOKENIZER.token(id).text())
        .collect(Collectors.joining());
  }
}
