package dev.splitreason.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.prompt.Message;
import dev.splitreason.server.answer.Question.Opening;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationNameTest {

  private static final Message RULES = new Message(Message.Role.SYSTEM, "Be brief.");
  private static final Message FIRST = new Message(Message.Role.USER, "How many primes are there?");
  private static final Message ANSWER = new Message(Message.Role.ASSISTANT, "Infinitely many.");
  private static final Message SECOND = new Message(Message.Role.USER, "Why?");

  @Test
  void a_conversation_keeps_its_name_as_it_goes_on() {
    assertThat(name(null, RULES, FIRST, ANSWER, SECOND))
        .isEqualTo(name(null, RULES, FIRST))
        .matches("[0-9a-f]{32}");
  }

  @Test
  void conversations_that_share_only_the_system_message_are_several() {
    assertThat(name(null, RULES, FIRST)).isNotEqualTo(name(null, RULES, SECOND));
    assertThat(name(null, FIRST)).isNotEqualTo(name(null, RULES, FIRST));
  }

  @Test
  void a_client_can_say_what_belongs_together() {
    assertThat(name("k", FIRST)).isEqualTo(name("k", SECOND)).isNotEqualTo(name("j", FIRST));
  }

  @Test
  void a_prompt_is_told_by_all_of_it() {
    var prompt = new Opening.Raw(RawPrompt.ofText("1+1="));

    assertThat(ConversationName.of(null, prompt))
        .isEqualTo(ConversationName.of(null, prompt))
        .isNotEqualTo(ConversationName.of(null, new Opening.Raw(RawPrompt.ofText("1+1=2"))));
  }

  private static String name(@Nullable String key, Message... messages) {
    return ConversationName.of(key, new Opening.Chat(List.of(messages)));
  }
}
