package dev.splitreason.core.split;

import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagEvent;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds tags that are single tokens: a tag is seen when it is written, and nothing is held back.
 */
final class TagIdScan implements TagScan {

  private final IntFunction<TagEvent.@Nullable Kind> kinds;
  private int settled;
  private TagEvent.@Nullable Kind found;
  private List<Timed> tag = List.of();

  /**
   * A scan.
   *
   * @param kinds which tag an id is; null for none
   */
  TagIdScan(IntFunction<TagEvent.@Nullable Kind> kinds) {
    this.kinds = kinds;
  }

  @Override
  public List<Timed> accept(Timed timed) {
    if (found == null) {
      found = kinds.apply(timed.token().id());
      if (found == null) {
        settled++;
        return List.of(timed);
      }
      tag = List.of(timed);
    }
    return List.of();
  }

  @Override
  public List<Timed> finish() {
    return List.of();
  }

  @Override
  public TagEvent.@Nullable Kind found() {
    return found;
  }

  @Override
  public boolean holding() {
    return false;
  }

  @Override
  public int settledCount() {
    return settled;
  }

  @Override
  public List<Timed> unsettled() {
    return tag;
  }

  @Override
  public String textBeforeTag() {
    return "";
  }

  @Override
  public List<Timed> tagTokens() {
    return tag;
  }
}
