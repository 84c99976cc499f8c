package dev.splitreason.core.prompt;

import java.util.List;
import java.util.Locale;

/** The ChatML prompt of Qwen and many others; the hint is the end of the last user message. */
record ChatMlTemplate(Hint hint) implements PromptTemplate {

  static final String NAME = "chatml";

  @Override
  public Prompt render(List<Message> messages, boolean hinted) {
    Conversation.of(messages);
    PromptBuilder prompt = new PromptBuilder();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      String role = message.role().name().toLowerCase(Locale.ROOT);
      prompt.scaffold("<|im_start|>" + role + "\n").text(message.content());
      if (hinted && i == messages.size() - 1) {
        prompt.text("\n");
        hint.addTo(prompt);
      }
      prompt.scaffold("<|im_end|>\n");
    }
    return prompt.scaffold("<|im_start|>assistant\n").build();
  }

  @Override
  public String name() {
    return NAME;
  }
}
