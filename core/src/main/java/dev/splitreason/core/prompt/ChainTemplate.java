package dev.splitreason.core.prompt;

import dev.splitreason.core.error.UserMistake;
import java.util.List;

/**
 * The prompt of the bundled pair: one question of chain arithmetic and nothing else. There is no
 * hint; the small model always writes its tags.
 */
record ChainTemplate() implements PromptTemplate {

  static final String NAME = "chain";

  /** The same as the pair's GGUF files store it, for other programs. */
  static final String SOURCE =
      "{{bos_token}}{% for m in messages %}"
          + "{% if m.role=='user' %}{{'<｜User｜>'+m.content}}"
          + "{% elif m.role=='assistant' %}{{'<｜Assistant｜>'+m.content+eos_token}}{% endif %}"
          + "{% endfor %}"
          + "{% if add_generation_prompt %}{{'<｜Assistant｜><think>\\n'}}{% endif %}";

  @Override
  public Prompt render(List<Message> messages, boolean hinted) {
    Conversation conversation = Conversation.of(messages);
    if (conversation.system() != null) {
      throw new UserMistake("the template '" + NAME + "' has no place for a system message");
    }
    return new PromptBuilder()
        .scaffold("<｜begin▁of▁sentence｜><｜User｜>")
        .text(conversation.onlyTurn(NAME).content())
        .scaffold("<｜Assistant｜><think>\n")
        .build();
  }

  @Override
  public String name() {
    return NAME;
  }
}
