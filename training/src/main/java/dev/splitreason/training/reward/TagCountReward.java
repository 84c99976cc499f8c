package dev.splitreason.training.reward;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.tag.TagStructure;

/**
 * A moderate number of spans (arXiv 2504.16379, section 3): {@code max(floor, peak(n) − penalty ·
 * d)} with n closed spans and d tags that are part of none.
 *
 * @param peak over the number of spans
 * @param penalty for each stray, nested or unclosed tag, not negative
 * @param tags how the tags are spelled
 */
public record TagCountReward(Peak peak, double penalty, TagSpelling tags) implements Reward {

  /** Best at four spans, worth nothing at none and at twelve: the annotated traces have 3 to 4. */
  public static final TagCountReward DEFAULT =
      new TagCountReward(new Peak(4, 0.25, 0.125, 0), 0.5, TagSpelling.BIGMODEL);

  public TagCountReward {
    if (!(penalty >= 0)) {
      throw new UserMistake("a penalty must not be negative: " + penalty);
    }
  }

  @Override
  public double of(Completion completion) {
    TagStructure structure = TagStructure.of(completion.text(), tags);
    double value = peak.value(structure.spans().size()) - penalty * structure.defects().size();
    return Math.max(peak.floor(), value);
  }
}
