package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.Prompt.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ids of a prompt, in a vocabulary that has the tags as control tokens. */
class PromptTokensTest {

  private static final String TAG = "<bigmodel>";
  private static final Vocabulary VOCABULARY = Vocabulary.TAGGED;

  @Test
  void a_control_token_is_one_in_the_scaffold_and_letters_in_plain_text() {
    Prompt prompt = new Prompt(List.of(new Part(TAG, true), new Part(TAG, false)));

    int[] ids = VOCABULARY.tokens(prompt);

    assertThat(ids).hasSize(1 + TAG.length()).startsWith(VOCABULARY.tokenizeWithControl(TAG));
    assertThat(ids).endsWith(VOCABULARY.tokenize(TAG));
  }

  @Test
  void no_token_spans_two_parts() {
    Prompt prompt = new Prompt(List.of(new Part("a", false), new Part("a", true)));

    assertThat(Vocabulary.WORDS.tokens(prompt)).containsExactly('a', 'a');
    assertThat(Vocabulary.WORDS.tokens(new Prompt(List.of()))).isEmpty();
  }
}
