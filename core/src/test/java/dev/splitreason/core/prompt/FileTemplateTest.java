package dev.splitreason.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.prompt.Message.Role;
import dev.splitreason.core.prompt.Prompt.Part;
import dev.splitreason.core.tag.TagSpelling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTemplateTest {

  private static final Message QUESTION = Message.user("6*7?");
  private static final Message SYSTEM = new Message(Role.SYSTEM, "Be brief.");

  @TempDir Path folder;

  @Test
  void theFileIsScaffoldAndTheQuestionIsText() throws IOException {
    assertThat(template("<s>[INST] {question} [/INST]\n").render(List.of(QUESTION), false).parts())
        .containsExactly(
            new Part("<s>[INST] ", true), new Part("6*7?", false), new Part(" [/INST]\n", true));
  }

  @Test
  void systemMessageAndHintGoWhereTheFileSays() throws IOException {
    assertThat(
            template("S:{system}\nQ:{question} {hint}\nA:")
                .render(List.of(SYSTEM, QUESTION), true)
                .text())
        .isEqualTo(
            "S:Be brief.\nQ:6*7? While you think, write <ask> before each hard part of the"
                + " reasoning and </ask> after it.\nA:");
  }

  @ParameterizedTest
  @CsvSource({
    "'{system}|{question}|{hint}|A', '6*7?|A'",
    "'A {system}|{question} {hint}|A', 'A |6*7? |A'",
    "'{hint}{question}{system}', '6*7?'",
  })
  void whatIsNotThereLeavesNothingBehindNotEvenItsLine(String file, String prompt)
      throws IOException {
    assertThat(template(file.replace('|', '\n')).render(List.of(QUESTION), false).text())
        .isEqualTo(prompt.replace('|', '\n'));
    assertThat(template(file.replace("|", "\r\n")).render(List.of(QUESTION), false).text())
        .isEqualTo(prompt.replace("|", "\r\n"));
  }

  @Test
  void aLineOfAPlaceholderKeepsItsLineBreakWhenFilled() throws IOException {
    assertThat(template("{system}\n{question}\n").render(List.of(SYSTEM, QUESTION), false).text())
        .isEqualTo("Be brief.\n6*7?\n");
  }

  @Test
  void bracesThatAreNoPlaceholderStay() throws IOException {
    assertThat(
            template("{question} in \\boxed{}, {{x}, { y }, {1+1}")
                .render(List.of(QUESTION), false)
                .text())
        .isEqualTo("6*7? in \\boxed{}, {x}, { y }, {1+1}");
  }

  @ParameterizedTest
  @CsvSource({
    "'{question} {hnit}', 'unknown placeholder {hnit}'",
    "'{question} {hnit}', did you mean 'hint'?",
    "'{Question}', 'unknown placeholder {Question}'",
    "'\\boxed{answer}', 'unknown placeholder {answer}'",
    "'{{question} {system}', has no {question}",
    "'', has no {question}",
  })
  void aFileThatIsNoTemplateIsNamedWithWhatIsWrong(String file, String message) {
    assertThatThrownBy(() -> template(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(folder.resolve("prompt.txt").toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path latin1 = folder.resolve("latin1.txt");
    Files.write(latin1, "{question} é".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> FileTemplate.read(latin1))
        .isInstanceOf(TemplateFileException.class)
        .hasMessage("the template file " + latin1 + " is not UTF-8 text");
    assertThatThrownBy(() -> FileTemplate.read(folder.resolve("none.txt")))
        .isInstanceOf(TemplateFileException.class)
        .hasMessage("no such template file: " + folder.resolve("none.txt"));
    assertThatThrownBy(() -> FileTemplate.read(folder))
        .isInstanceOf(TemplateFileException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void messagesWithoutAPlaceAreRefused() throws IOException {
    FileTemplate template = template("{question}");

    assertThatThrownBy(() -> template.render(List.of(SYSTEM, QUESTION), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no {system}");
    assertThatThrownBy(() -> template.render(List.of(QUESTION, QUESTION), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a single question");
  }

  private FileTemplate template(String contents) throws IOException {
    Path file = folder.resolve("prompt.txt");
    Files.writeString(file, contents);
    return FileTemplate.read(file, new TagSpelling("<ask>", "</ask>"));
  }
}
