package dev.splitreason.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThinkingTest {

  private static final Prompt IN = prompt("<A><think>\n");
  private static final Prompt BEFORE = prompt("<B>\n");
  private static final Prompt BEHIND = prompt("<C>\n<think>\n\n</think>\n\n");

  @Test
  void aModelThatJoinsThinkingIsPutIntoIt() {
    assertThat(Thinking.alike(IN, BEFORE).text()).isEqualTo("q<B>\n<think>\n");
    assertThat(Thinking.alike(IN, BEHIND).text()).isEqualTo("q<C>\n<think>\n");
  }

  @Test
  void aModelThatJoinsWhatDoesNotThinkIsTakenOutOfIt() {
    assertThat(Thinking.alike(BEFORE, IN).text()).isEqualTo("q<A>");
    assertThat(Thinking.alike(BEHIND, IN).text()).isEqualTo("q<A><think>\n\n</think>\n\n");
  }

  @Test
  void promptsThatEndAlikeStayAsTheyAre() {
    assertThat(Thinking.alike(IN, prompt("<D><think>"))).isEqualTo(prompt("<D><think>"));
    assertThat(Thinking.alike(BEFORE, BEHIND)).isSameAs(BEHIND);
    assertThat(Thinking.alike(BEHIND, BEFORE)).isSameAs(BEFORE);
  }

  @Test
  void wordsOfAUserOpenNoThinking() {
    Prompt typed = new PromptBuilder().scaffold("<A>").text("<think>").build();

    assertThat(Thinking.isOpen(typed)).isFalse();
    assertThat(Thinking.alike(BEFORE, typed)).isSameAs(typed);
    assertThat(Thinking.isOpen(IN)).isTrue();
  }

  private static Prompt prompt(String end) {
    return new PromptBuilder().text("q").scaffold(end).build();
  }
}
