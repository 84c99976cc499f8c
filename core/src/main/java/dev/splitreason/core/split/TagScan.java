package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagAutomaton;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the open tag in what the small model writes when the tag is plain text: several tokens,
 * borders anywhere. Holds tokens back while they may belong to a tag.
 */
final class TagScan {

  /**
   * A token that is settled.
   *
   * @param inTag whether it belongs to a stray close tag, which the large model does not get to see
   */
  record Settled(Timed timed, boolean inTag) {}

  private final TagAutomaton automaton;
  private final SpanText text = new SpanText();
  private final List<Timed> tokens = new ArrayList<>();
  private int settled;
  private int opensAt = -1;
  private int openEnds = -1;
  private int strayEnd;

  TagScan(TagSpelling spelling) {
    this.automaton = new TagAutomaton(spelling);
  }

  /** Takes a token and gives back those that no longer can be part of an open tag. */
  List<Settled> accept(Timed timed) {
    tokens.add(timed);
    int before = text.length();
    text.add(timed.token());
    int stray = -1;
    for (TagEvent event : automaton.feed(text.substring(before, text.length()))) {
      if (event instanceof TagEvent.Tag tag) {
        if (tag.kind() == TagEvent.Kind.OPEN) {
          opensAt = tag.start();
          openEnds = tag.end();
          return settleTo(opensAt, false);
        }
        stray = tag.start();
        strayEnd = tag.end();
      }
    }
    if (stray >= 0) {
      List<Settled> result = new ArrayList<>(settleTo(stray, false));
      result.addAll(settleTo(strayEnd, true));
      return result;
    }
    return settleTo(text.length() - automaton.held().length(), false);
  }

  /** Gives back everything held back: nothing more is coming. */
  List<Settled> finish() {
    List<Settled> result = new ArrayList<>();
    while (settled < tokens.size()) {
      result.add(new Settled(tokens.get(settled++), false));
    }
    return result;
  }

  boolean opened() {
    return opensAt >= 0;
  }

  /** How many tokens are settled; the open tag begins at the next one, or inside it. */
  int settledCount() {
    return settled;
  }

  /**
   * The text between the last settled token and the open tag: not empty if a token spans the tag's
   * beginning.
   */
  String textBeforeTag() {
    return text.substring(text.end(settled), opensAt);
  }

  /** The tokens of the open tag if it begins and ends at token borders; empty if it does not. */
  List<Token> tagTokens() {
    boolean aligned = textBeforeTag().isEmpty() && text.length() == openEnds;
    return aligned
        ? tokens.subList(settled, tokens.size()).stream().map(Timed::token).toList()
        : List.of();
  }

  private List<Settled> settleTo(int offset, boolean inTag) {
    List<Settled> result = new ArrayList<>();
    int within = text.tokensWithin(offset);
    while (settled < within) {
      result.add(new Settled(tokens.get(settled++), inTag));
    }
    return result;
  }
}
