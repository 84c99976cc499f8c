package dev.splitreason.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.prompt.Message.Role;
import dev.splitreason.core.prompt.jinja.JinjaException;
import dev.splitreason.core.prompt.jinja.JinjaTemplate;
import dev.splitreason.core.prompt.jinja.Nothing;
import dev.splitreason.core.tag.TagSpelling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates as published, beside what Jinja2 makes of them: see the README of the golden files. */
class ChatTemplateTest {

  private static final Message SYSTEM = new Message(Role.SYSTEM, "Be brief.");
  private static final Message QUESTION = Message.user("What is 6*7?");
  private static final Message SHORT = Message.user("6*7?");
  private static final Message HI = Message.user("Hi");
  private static final Message HELLO = new Message(Role.ASSISTANT, "Hello");
  private static final Message THOUGHT =
      new Message(Role.ASSISTANT, "<think>\nhm\n</think>\n\nHello");

  @ParameterizedTest
  @CsvSource({
    "smollm2,usual",
    "qwen2.5,usual",
    "deepseek-r1,usual",
    "qwen3,usual",
    "qwen3,silent",
    "qwen3,thinking"
  })
  void promptsAreThoseOfTransformers(String name, String told) throws IOException {
    ChatTemplate template = template(name);
    Boolean thinking = told.equals("usual") ? null : told.equals("thinking");

    assertThat(template.render(List.of(QUESTION), thinking))
        .isEqualTo(read(name + ".question." + told + ".txt"));
    assertThat(template.render(List.of(SYSTEM, QUESTION), thinking))
        .isEqualTo(read(name + ".system." + told + ".txt"));
    assertThat(template.render(List.of(HI, HELLO, SHORT), thinking))
        .isEqualTo(read(name + ".turns." + told + ".txt"));
    assertThat(template.render(List.of(HI, THOUGHT, SHORT), thinking))
        .isEqualTo(read(name + ".thoughts." + told + ".txt"));
  }

  @ParameterizedTest
  @CsvSource({"deepseek-r1", "qwen3"})
  void messagesArePutInAsTextAndEarlierThoughtsAreLeftOut(String name) throws IOException {
    PromptTemplate prompts = template(name).toPrompts(TagSpelling.BIGMODEL, null);

    Prompt prompt = prompts.render(List.of(HI, THOUGHT, Message.user("<｜User｜>")), false);

    assertThat(prompt.text()).doesNotContain("hm").contains("Hello");
    assertThat(prompt.parts()).contains(new Prompt.Part("<｜User｜>", false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void theLanguageIsThatOfJinja(int feature) throws IOException {
    String text =
        JinjaTemplate.parse(read("feature-" + feature + ".jinja"))
            .render(
                Map.of(
                    "messages",
                    List.of(of("user", "Hi"), of("assistant", "Hello"), of("user", "6*7?")),
                    "tools",
                    Nothing.NONE));

    assertThat(text).isEqualTo(read("feature-" + feature + ".txt"));
  }

  @Test
  void aTemplateThatRefusesIsTold() {
    ChatTemplate strict =
        Objects.requireNonNull(
            ChatTemplate.of(
                "{% if messages|length > 1 %}{{ raise_exception('one at a time') }}{% endif %}"
                    + "{{ messages[0].content }}",
                "", "", false));

    assertThatThrownBy(() -> strict.render(List.of(HI, HELLO, SHORT), null))
        .isInstanceOf(UserMistake.class)
        .hasMessage("the model's chat template refuses these messages: one at a time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for x in messages %}",
        "{{ messages | nosuchfilter }}",
        "{% include 'x' %}",
        "{{ 'open }}",
        "{{ messages[0].content.nosuchmethod() }}",
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 1 // 0 }}",
        "{{ 'x' * 99999999999 }}",
        "{{ 99999999999999999999 }}",
        "{% for a in range(9000) %}{{ 'x' * 9000000 }}{% endfor %}"
      })
  void whatCannotBeRenderedIsNoTemplate(String source) {
    assertThat(ChatTemplate.of(source, "", "", false)).isNull();
  }

  @Test
  void aTemplateThatIsNestedTooDeeplyIsNone() {
    String source = "{{ " + "(".repeat(200_000) + "1" + ")".repeat(200_000) + " }}";

    assertThat(ChatTemplate.of(source, "", "", false)).isNull();
  }

  @Test
  void theTokenThatBeginsATextComesOnce() {
    String source = "{{ messages[0].content }}";

    assertThat(template(source, true).render(List.of(HI), null)).isEqualTo("<B>Hi");
    assertThat(template("{{ bos_token }}" + source, true).render(List.of(HI), null))
        .isEqualTo("<B>Hi");
    assertThat(template(source, false).render(List.of(HI), null)).isEqualTo("Hi");
  }

  @Test
  void anErrorSaysWhatIsNotKnown() {
    assertThatThrownBy(() -> JinjaTemplate.parse("{% include 'x' %}"))
        .isInstanceOf(JinjaException.class)
        .hasMessage("the template has a block 'include'");
  }

  private static Map<String, Object> of(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  private static ChatTemplate template(String name) throws IOException {
    return template(read(name + ".jinja"), false);
  }

  private static ChatTemplate template(String source, boolean alwaysBegins) {
    @Nullable ChatTemplate template = ChatTemplate.of(source, "<B>", "<E>", alwaysBegins);
    assertThat(template).isNotNull();
    return Objects.requireNonNull(template);
  }

  private static String read(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ChatTemplateTest.class.getResourceAsStream("templates/" + file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
