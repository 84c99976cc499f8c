package dev.splitreason.core.split;

import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first tag in what a model writes. A token is settled when it cannot be part of a tag;
 * until then it is held back.
 */
sealed interface TagScan permits TagIdScan, TagTextScan {

  /** By the token's id where a tag is one token, else by the text. */
  static TagScan of(TagTokens tags) {
    return tags.single() ? new TagIdScan(tags::kindOf) : new TagTextScan(tags.spelling());
  }

  /** Finds none: every token is settled at once. */
  static TagScan none() {
    return new TagIdScan(_ -> null);
  }

  /** Takes a token and gives those that are settled by it. */
  List<Timed> accept(Timed timed);

  /** Settles what is held back although no tag came of it: nothing more is coming. */
  List<Timed> finish();

  /** The tag; null if there is none so far. */
  TagEvent.@Nullable Kind found();

  /** Whether what came last may become a tag. */
  boolean holding();

  /** How many tokens are settled; the tag begins at the next one, or inside it. */
  int settledCount();

  /** The tokens after the settled ones: those of the tag, and what they hold beside it. */
  List<Timed> unsettled();

  /** The text between the last settled token and the tag: not empty if a token spans its begin. */
  String textBeforeTag();

  /** The tokens of the tag; empty if it does not begin and end at token borders. */
  List<Timed> tagTokens();
}
