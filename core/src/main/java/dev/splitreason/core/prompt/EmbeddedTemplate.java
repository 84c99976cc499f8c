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
  private static final Pattern STAND_INS = Pattern.compile("SPLITREASON(\\d{1,9})MESSAGE");

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
      standIns.add(new Message(message.role(), standIn(standIns.size())));
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
          .text(messages.get(index).content());
      if (hinted && index == messages.size() - 1) {
        prompt.text("\n");
        hint.addTo(prompt);
      }
      placed[index] = true;
      from = matcher.end();
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

  private static String standIn(int index) {
    return "SPLITREASON" + index + "MESSAGE";
  }
}
