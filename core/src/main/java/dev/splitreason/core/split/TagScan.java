package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagAutomaton;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first tag in what a model writes when tags are plain text: several tokens, borders
 * anywhere. Holds tokens back while they may belong to a tag.
 */
final class TagScan {

  private final TagAutomaton automaton;
  private final SpanText text = new SpanText();
  private final List<Timed> tokens = new ArrayList<>();
  private int settled;
  private TagEvent.@Nullable Tag found;

  TagScan(TagSpelling spelling) {
    this.automaton = new TagAutomaton(spelling);
  }

  /** Takes a token and gives back those that no longer can be part of a tag. */
  List<Timed> accept(Timed timed) {
    tokens.add(timed);
    int before = text.length();
    text.add(timed.token());
    if (found != null) {
      return List.of();
    }
    for (TagEvent event : automaton.feed(text.substring(before, text.length()))) {
      if (event instanceof TagEvent.Tag tag) {
        found = tag;
        return settle(text.tokensWithin(tag.start()));
      }
    }
    return settle(text.tokensWithin(text.length() - automaton.held().length()));
  }

  /** Gives back what is held back although no tag came of it: nothing more is coming. */
  List<Timed> finish() {
    return found == null ? settle(tokens.size()) : List.of();
  }

  /** The tag; null if there is none so far. */
  TagEvent.@Nullable Tag found() {
    return found;
  }

  /** Whether the text so far ends with what may become a tag. */
  boolean holding() {
    return !automaton.held().isEmpty();
  }

  /** How many tokens are settled; the tag begins at the next one, or inside it. */
  int settledCount() {
    return settled;
  }

  /**
   * The text between the last settled token and a tag: not empty if a token spans its beginning.
   */
  String textBefore(TagEvent.Tag tag) {
    return text.substring(text.end(settled), tag.start());
  }

  /** The tokens of a tag if it begins and ends at token borders; empty if it does not. */
  List<Token> tokensOf(TagEvent.Tag tag) {
    boolean aligned = textBefore(tag).isEmpty() && text.length() == tag.end();
    return aligned
        ? tokens.subList(settled, tokens.size()).stream().map(Timed::token).toList()
        : List.of();
  }

  private List<Timed> settle(int count) {
    List<Timed> result = List.copyOf(tokens.subList(Math.min(settled, count), count));
    settled = Math.max(settled, count);
    return result;
  }
}
