package dev.splitreason.data.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetReplyTest {

  @Test
  void delimitedSnippetsAreTakenWithoutThoughtsAndRemarks() {
    assertThat(
            read(
                "<think><<<SNIPPET\n"
                    + "no\n"
                    + ">>></think>Here:\n"
                    + "<<<SNIPPET\n"
                    + "a = b\n\n"
                    + "c\n"
                    + ">>>\n"
                    + "<<<SNIPPET x>>>"))
        .isEqualTo(new SnippetReply.Snippets(List.of("a = b\n\nc", "x")));
  }

  @Test
  void jsonIsTakenAlsoInsideAFence() {
    assertThat(read("```json\n{\"snippets\": [\"a\", \" b \"]}\n```"))
        .isEqualTo(new SnippetReply.Snippets(List.of("a", "b")));
  }

  @Test
  void anAnswerWithoutWordsOrSnippetsIsNothing() {
    assertThat(read(" \n")).isEqualTo(new SnippetReply.Nothing());
    assertThat(read("{\"snippets\": []}")).isEqualTo(new SnippetReply.Nothing());
  }

  @Test
  void aRefusalIsToldByTheServersMarkOrByItsWords() {
    assertThat(SnippetReply.of(new Reply("", "I cannot do that", "stop", 1, 1)))
        .isEqualTo(new SnippetReply.Refusal("I cannot do that"));
    assertThat(read("I'm sorry, but I can't help.")).isInstanceOf(SnippetReply.Refusal.class);
  }

  @Test
  void anythingElseIsMalformed() {
    assertThat(read("The product is hard.")).isInstanceOf(SnippetReply.Malformed.class);
    assertThat(read("{\"snippets\": [1]}")).isInstanceOf(SnippetReply.Malformed.class);
    assertThat(read("{\"snippets\": [\"cut")).isInstanceOf(SnippetReply.Malformed.class);
  }

  private static SnippetReply read(String text) {
    return SnippetReply.of(new Reply(text, "", null, 1, 1));
  }

  @Test
  void backslashesOfFormulasAreReadAsTheyStand() {
    assertThat(read("{\"snippets\": [\"x = \\frac{1}{2} \\)\"]}"))
        .isEqualTo(new SnippetReply.Snippets(List.of("x = \\frac{1}{2} \\)")));
    assertThat(read("{\"snippets\": [\"\\frac{a}{b} \\times 3\", \"\\beta + \\rho\"]}"))
        .isEqualTo(new SnippetReply.Snippets(List.of("\\frac{a}{b} \\times 3", "\\beta + \\rho")));
    assertThat(read("{\"snippets\": [\"\\\\frac{1}{2}\\nnext \\\"q\\\"\"]}"))
        .isEqualTo(new SnippetReply.Snippets(List.of("\\frac{1}{2}\nnext \"q\"")));
  }

  @Test
  void anAnswerThatWasCutOffIsADraft() {
    assertThat(
            SnippetReply.of(
                new Reply(
                    "<think>maybe {\"snippets\": [\"easy\"]} and so on", "", "length", 1, 64)))
        .isEqualTo(
            new SnippetReply.CutOff("the answer was cut off after 64 tokens: raise --max-tokens"));
    assertThat(SnippetReply.of(new Reply("", "", "length", 1, 64)))
        .isEqualTo(
            new SnippetReply.CutOff(
                "the answer was cut off after 64 tokens while it was still thinking:"
                    + " raise --max-tokens"));
    assertThat(SnippetReply.of(new Reply("", "", "content_filter", 1, 1)))
        .isInstanceOf(SnippetReply.CutOff.class);
  }
}
