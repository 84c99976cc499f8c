package dev.splitreason.core.tag;

/**
 * How a pair spells its tags.
 *
 * @param open hands over to the large model
 * @param close hands back to the small one
 */
public record TagSpelling(String open, String close) {

  /** The paper's spelling (arXiv 2504.16379, section 3). */
  public static final TagSpelling BIGMODEL = new TagSpelling("<bigmodel>", "</bigmodel>");

  public TagSpelling {
    if (open.isBlank() || close.isBlank() || open.contains(close) || close.contains(open)) {
      throw new IllegalArgumentException(
          "tags must be two texts that do not contain each other, not '"
              + open
              + "' and '"
              + close
              + "'");
    }
  }
}
