package dev.splitreason.core.split;

import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagAutomaton;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds tags that are plain text: several tokens, borders anywhere. */
final class TagTextScan implements TagScan {

  private final TagAutomaton automaton;
  private final SpanText text = new SpanText();
  private final List<Timed> tokens = new ArrayList<>();
  private int settled;
  private TagEvent.@Nullable Tag tag;

  TagTextScan(TagSpelling spelling) {
    this.automaton = new TagAutomaton(spelling);
  }

  @Override
  public List<Timed> accept(Timed timed) {
    tokens.add(timed);
    int before = text.length();
    text.add(timed.token());
    if (tag != null) {
      return List.of();
    }
    for (TagEvent event : automaton.feed(text.substring(before, text.length()))) {
      if (event instanceof TagEvent.Tag found) {
        tag = found;
        return settle(text.tokensWithin(found.start()));
      }
    }
    return settle(text.tokensWithin(text.length() - automaton.held().length()));
  }

  @Override
  public List<Timed> finish() {
    return tag == null ? settle(tokens.size()) : List.of();
  }

  @Override
  public TagEvent.@Nullable Kind found() {
    return tag == null ? null : tag.kind();
  }

  @Override
  public boolean holding() {
    return !automaton.held().isEmpty();
  }

  @Override
  public int settledCount() {
    return settled;
  }

  @Override
  public List<Timed> unsettled() {
    return List.copyOf(tokens.subList(settled, tokens.size()));
  }

  @Override
  public String textBeforeTag() {
    return text.substring(text.end(settled), Objects.requireNonNull(tag).start());
  }

  @Override
  public List<Timed> tagTokens() {
    boolean aligned =
        textBeforeTag().isEmpty() && text.length() == Objects.requireNonNull(tag).end();
    return aligned ? unsettled() : List.of();
  }

  private List<Timed> settle(int count) {
    List<Timed> result = List.copyOf(tokens.subList(Math.min(settled, count), count));
    settled = Math.max(settled, count);
    return result;
  }
}
