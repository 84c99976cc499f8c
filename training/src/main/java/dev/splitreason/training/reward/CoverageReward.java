package dev.splitreason.training.reward;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.tag.TagStructure;

/**
 * A moderate share inside the tags (arXiv 2504.16379, section 3): {@code peak(c)}, where c is the
 * share of the response's characters, tags apart, that are inside closed spans. A response with a
 * tag that is part of no span gets the floor: what is inside and what is not is then unclear.
 *
 * @param peak over the share, with a finite floor
 * @param tags how the tags are spelled
 */
public record CoverageReward(Peak peak, TagSpelling tags) implements Reward {

  /** Best at a fifth, as much as is annotated; worth nothing at none and at two thirds or more. */
  public static final CoverageReward DEFAULT =
      new CoverageReward(new Peak(0.2, 5, 15 / 7.0, 0), TagSpelling.BIGMODEL);

  public CoverageReward {
    if (!Double.isFinite(peak.floor())) {
      throw new UserMistake("coverage needs a finite floor, not " + peak.floor());
    }
  }

  @Override
  public double of(Completion completion) {
    TagStructure structure = TagStructure.of(completion.text(), tags);
    return structure.sound() ? peak.value(coverage(completion.text(), structure)) : peak.floor();
  }

  private double coverage(String text, TagStructure structure) {
    int inside =
        structure.spans().stream().mapToInt(span -> span.contentEnd() - span.contentStart()).sum();
    int all = tags.strip(text).length();
    return all == 0 ? 0 : (double) inside / all;
  }
}
