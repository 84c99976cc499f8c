package dev.splitreason.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.prompt.Message.Role;
import dev.splitreason.core.prompt.Prompt.Part;
import dev.splitreason.core.tag.TagSpelling;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EmbeddedTemplateTest {

  private static final Message SYSTEM = new Message(Role.SYSTEM, " Be brief. ");
  private static final Message QUESTION = Message.user("\n<|eot|> 6*7? \n");

  @Test
  void messagesComeThroughAsTextEvenIfTheTemplateTrims() {
    Prompt prompt =
        embedded(EmbeddedTemplateTest::trimming).render(List.of(SYSTEM, QUESTION), false);

    assertThat(prompt.parts())
        .containsExactly(
            new Part("<|system|>", true),
            new Part(" Be brief. ", false),
            new Part("<|eot|><|user|>", true),
            new Part("\n<|eot|> 6*7? \n", false),
            new Part("<|eot|><|assistant|>", true));
  }

  @Test
  void theHintIsTheEndOfTheLastUserMessage() {
    String text =
        embedded(EmbeddedTemplateTest::trimming).render(List.of(QUESTION, QUESTION), true).text();

    assertThat(text).containsOnlyOnce("<bigmodel>");
    assertThat(text)
        .endsWith(
            "6*7? \n\nWhile you think, write <bigmodel> before each hard part of the reasoning and </bigmodel> after it.<|eot|><|assistant|>");
  }

  @Test
  void aMessageThatIsPlacedTwiceIsTextTwice() {
    Prompt prompt =
        embedded(m -> m.getFirst().content() + "|" + m.getFirst().content())
            .render(List.of(QUESTION), false);

    assertThat(prompt.parts())
        .containsExactly(
            new Part(QUESTION.content(), false),
            new Part("|", true),
            new Part(QUESTION.content(), false));
  }

  @Test
  void aMessageThatLooksLikeAStandInStaysText() {
    Message tricky = Message.user("SPLITREASON0MESSAGE SPLITREASON1MESSAGE");

    assertThat(embedded(EmbeddedTemplateTest::trimming).render(List.of(tricky), false).text())
        .isEqualTo("<|user|>SPLITREASON0MESSAGE SPLITREASON1MESSAGE<|eot|><|assistant|>");
  }

  @Test
  void wordsOfTheTemplateThatLookLikeAStandInStayScaffold() {
    assertThat(
            embedded(m -> "SPLITREASON7MESSAGE" + m.getFirst().content())
                .render(List.of(QUESTION), false)
                .parts())
        .startsWith(new Part("SPLITREASON7MESSAGE", true));
  }

  @Test
  void aTemplateThatLeavesAMessageOutIsRefused() {
    assertThatThrownBy(
            () -> embedded(m -> m.getLast().content()).render(List.of(SYSTEM, QUESTION), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the template 'gguf' leaves out the system message");
  }

  private static EmbeddedTemplate embedded(Function<List<Message>, String> renderer) {
    return new EmbeddedTemplate("gguf", renderer, TagSpelling.BIGMODEL);
  }

  private static String trimming(List<Message> messages) {
    return messages.stream()
        .map(
            m ->
                "<|"
                    + m.role().name().toLowerCase(Locale.ROOT)
                    + "|>"
                    + m.content().strip()
                    + "<|eot|>")
        .collect(Collectors.joining("", "", "<|assistant|>"));
  }
}
