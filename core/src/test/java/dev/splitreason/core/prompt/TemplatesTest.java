package dev.splitreason.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.prompt.Message.Role;
import dev.splitreason.core.prompt.Prompt.Part;
import dev.splitreason.core.tag.TagSpelling;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

  private static final Path BUNDLED_MODEL = Path.of("../models/small-split.gguf");
  private static final Message QUESTION = Message.user("What is 6*7?");
  private static final Message SYSTEM = new Message(Role.SYSTEM, "Be brief.");

  @Test
  void deepSeekR1HasThePublishedForm() {
    String instruction =
        "Think step by step. Then give the final answer between <answer> and </answer>,"
            + " written as \\boxed{...}.";

    assertThat(render("deepseek-r1", false, QUESTION).text())
        .isEqualTo(
            "<｜begin▁of▁sentence｜><｜User｜>What is 6*7?\n"
                + instruction
                + "<｜Assistant｜>\n<think>\n");
    assertThat(render("deepseek-r1", true, QUESTION).text())
        .isEqualTo(
            "<｜begin▁of▁sentence｜><｜User｜>What is 6*7?\n"
                + "While you think, write <bigmodel> before each hard part of the reasoning and"
                + " </bigmodel> after it.\n"
                + instruction
                + "<｜Assistant｜>\n<think>\n");
  }

  @Test
  void deepSeekR1ShowsEarlierAnswersWithoutTheirReasoning() {
    Message answer = new Message(Role.ASSISTANT, "hm, 6*7</think>It is 42.");

    assertThat(render("deepseek-r1", false, SYSTEM, QUESTION, answer, Message.user("Sure?")).text())
        .startsWith(
            "<｜begin▁of▁sentence｜>Be brief.<｜User｜>What is 6*7?"
                + "<｜Assistant｜>It is 42.<｜end▁of▁sentence｜><｜User｜>Sure?\n");
  }

  @Test
  void chatMlRendersEveryTurnAndPutsTheHintAtTheEndOfTheLastQuestion() {
    Message answer = new Message(Role.ASSISTANT, "42.");

    assertThat(render("chatml", true, SYSTEM, QUESTION, answer, QUESTION).text())
        .isEqualTo(
            """
            <|im_start|>system
            Be brief.<|im_end|>
            <|im_start|>user
            What is 6*7?<|im_end|>
            <|im_start|>assistant
            42.<|im_end|>
            <|im_start|>user
            What is 6*7?
            While you think, write <bigmodel> before each hard part of the reasoning and \
            </bigmodel> after it.<|im_end|>
            <|im_start|>assistant
            """);
  }

  @Test
  void chainIsTheBundledPairsPromptAndNeverHasAHint() {
    Prompt prompt = render("chain", true, QUESTION);

    assertThat(prompt.parts())
        .containsExactly(
            new Part("<｜begin▁of▁sentence｜><｜User｜>", true),
            new Part("What is 6*7?", false),
            new Part("<｜Assistant｜><think>\n", true));
    assertThat(prompt).isEqualTo(render("chain", false, QUESTION));
  }

  @Test
  void theHintsTagsAreControlTokensInThePairsSpelling() {
    Prompt prompt =
        Templates.named("chatml", new TagSpelling("<ask>", "</ask>"))
            .render(List.of(QUESTION), true);

    assertThat(prompt.parts()).contains(new Part("<ask>", true), new Part("</ask>", true));
  }

  @Test
  void chainTakesOneQuestionOnly() {
    assertThatThrownBy(() -> render("chain", false, SYSTEM, QUESTION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no place for a system message");
    assertThatThrownBy(
            () -> render("chain", false, QUESTION, new Message(Role.ASSISTANT, "42"), QUESTION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a single question, not a conversation of 3 messages");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain", "chatml", "deepseek-r1"})
  void conversationsThatWaitForNoAnswerAreRefused(String template) {
    Message answer = new Message(Role.ASSISTANT, "42");

    assertThatThrownBy(() -> render(template, false))
        .hasMessageContaining("must end with a message of the user");
    assertThatThrownBy(() -> render(template, false, SYSTEM))
        .hasMessageContaining("must end with a message of the user");
    assertThatThrownBy(() -> render(template, false, QUESTION, answer))
        .hasMessageContaining("must end with a message of the user");
    assertThatThrownBy(() -> render(template, false, QUESTION, SYSTEM, QUESTION))
        .hasMessageContaining("one system message only");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnesAndTheNearest() {
    assertThatThrownBy(() -> Templates.named("deepsek-r1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown template 'deepsek-r1': the templates are chain, chatml, deepseek-r1;"
                + " did you mean 'deepseek-r1'?");
    assertThatThrownBy(() -> Templates.named("mistral"))
        .hasMessage("unknown template 'mistral': the templates are chain, chatml, deepseek-r1");
  }

  @Test
  void everyTemplateAnswersToItsName() {
    assertThat(Templates.NAMES).allMatch(name -> Templates.named(name).name().equals(name));
  }

  @Test
  void theTemplateThatTheBundledModelsStoreIsChain() {
    String source =
        Objects.requireNonNull(GgufFile.read(BUNDLED_MODEL).text("tokenizer.chat_template"));

    assertThat(Templates.stored(source)).isEqualTo(Templates.named("chain"));
    assertThat(Templates.stored(source + " ")).isNull();
  }

  private static Prompt render(String template, boolean hinted, Message... messages) {
    return Templates.named(template).render(List.of(messages), hinted);
  }
}
