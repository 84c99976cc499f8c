package dev.splitreason.core.prompt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prompt of DeepSeek-R1 and its distilled models in the published form: question, hint, answer
 * instruction (arXiv 2504.16379). Of earlier answers only what follows the reasoning is shown, as
 * these models were trained.
 */
record DeepSeekR1Template(Hint hint) implements PromptTemplate {

  static final String NAME = "deepseek-r1";

  private static final String ANSWER_INSTRUCTION =
      "Think step by step. Then give the final answer between <answer> and </answer>,"
          + " written as \\boxed{...}.";
  private static final String END_OF_THINKING = "</think>";

  @Override
  public Prompt render(List<Message> messages, boolean hinted) {
    Conversation conversation = Conversation.of(messages);
    PromptBuilder prompt = new PromptBuilder().scaffold("<｜begin▁of▁sentence｜>");
    @Nullable Message system = conversation.system();
    if (system != null) {
      prompt.text(system.content());
    }
    List<Message> turns = conversation.turns();
    for (Message turn : turns.subList(0, turns.size() - 1)) {
      if (turn.role() == Message.Role.USER) {
        prompt.scaffold("<｜User｜>").text(turn.content());
      } else {
        prompt
            .scaffold("<｜Assistant｜>")
            .text(withoutReasoning(turn.content()))
            .scaffold("<｜end▁of▁sentence｜>");
      }
    }
    prompt.scaffold("<｜User｜>").text(turns.getLast().content()).text("\n");
    if (hinted) {
      hint.addTo(prompt);
      prompt.text("\n");
    }
    prompt.text(ANSWER_INSTRUCTION);
    return prompt.scaffold("<｜Assistant｜>\n<think>\n").build();
  }

  @Override
  public String name() {
    return NAME;
  }

  private static String withoutReasoning(String answer) {
    int end = answer.lastIndexOf(END_OF_THINKING);
    return end < 0 ? answer : answer.substring(end + END_OF_THINKING.length());
  }
}
