package dev.splitreason.core.prompt;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template that is stored with a model's weights and rendered by the engine.
 *
 * <p>The engine never sees a message: it renders a stand-in for each, and the messages are put in
 * their places afterwards, as text. So nothing in them becomes scaffold, and they come through
 * unchanged even where the template would trim them.
 */
public final class EmbeddedTemplate implements PromptTemplate {

  // Letters and digits only, which no template escapes, trims or changes.
  private static final Pattern STAND_INS =
      Pattern.compile("SPLITREASON(\\d{1,9})(MESSAGE|THINKING)");

  private static final String END_OF_THINKING = "</think>";

  private final String name;
  private final Function<List<Message>, String> renderer;
  private final Hint hint;

  /**
   * A template that an engine renders.
   *
   * @param name as options and configuration spell it
   * @param renderer renders a conversation up to where the assistant's turn begins; throws {@link
   *     IllegalArgumentException} if the template has no place for it
   * @param tags how the hint, which becomes the end of the last user message, spells the tags
   */
  public EmbeddedTemplate(String name, Function<List<Message>, String> renderer, TagSpelling tags) {
    this.name = name;
    this.renderer = renderer;
    this.hint = new Hint(tags);
  }

  @Override
  public Prompt render(List<Message> messages, boolean hinted) {
    Conversation.of(messages);
    List<Message> standIns = new ArrayList<>();
    for (Message message : messages) {
      standIns.add(new Message(message.role(), standIn(message, standIns.size())));
    }
    String rendered = renderer.apply(standIns);

    PromptBuilder prompt = new PromptBuilder();
    boolean[] placed = new boolean[messages.size()];
    int from = 0;
    Matcher matcher = STAND_INS.matcher(rendered);
    while (matcher.find()) {
      int index = Integer.parseInt(matcher.group(1));
      if (index >= messages.size()) {
        continue; // the template's own words, whatever they are meant for
      }
      prompt
          .scaffold(rendered.substring(from, matcher.start()))
          .text(said(messages.get(index), matcher.group(2).equals("THINKING")));
      from = matcher.end();
      if (matcher.group(2).equals("THINKING")) {
        continue;
      }
      if (hinted && index == messages.size() - 1) {
        prompt.text("\n");
        hint.addTo(prompt);
      }
      placed[index] = true;
    }
    for (int i = 0; i < placed.length; i++) {
      if (!placed[i]) {
        throw new UserMistake(
            "the template '"
                + name
                + "' leaves out the "
                + messages.get(i).role().name().toLowerCase(Locale.ROOT)
                + " message");
      }
    }
    return prompt.scaffold(rendered.substring(from)).build();
  }

  @Override
  public String name() {
    return name;
  }

  /** An earlier answer's thinking has a stand-in of its own: most templates leave it out. */
  private static String standIn(Message message, int index) {
    String own = "SPLITREASON" + index + "MESSAGE";
    return thinks(message)
        ? "<think>\nSPLITREASON" + index + "THINKING\n" + END_OF_THINKING + "\n\n" + own
        : own;
  }

  private static boolean thinks(Message message) {
    return message.role() == Message.Role.ASSISTANT && message.content().contains(END_OF_THINKING);
  }

  private static String said(Message message, boolean thinking) {
    String content = message.content();
    if (!thinks(message)) {
      return content;
    }
    int end = content.lastIndexOf(END_OF_THINKING);
    return thinking
        ? content.substring(0, end).replaceFirst("^\\s*<think>", "").strip()
        : content.substring(end + END_OF_THINKING.length()).stripLeading();
  }
}
