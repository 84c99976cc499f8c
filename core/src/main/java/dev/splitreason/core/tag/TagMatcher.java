package dev.splitreason.core.tag;

/**
 * Follows one tag through a stream, a character at a time (Knuth, Morris and Pratt, 1977): linear
 * time, and no character is looked at twice.
 */
final class TagMatcher {

  private final String tag;

  /** For each prefix of the tag, the longest shorter prefix that it ends with. */
  private final int[] fallback;

  private int matched;

  TagMatcher(String tag) {
    this.tag = tag;
    fallback = new int[tag.length() + 1];
    for (int length = 2; length <= tag.length(); length++) {
      fallback[length] = extend(fallback[length - 1], tag.charAt(length - 1));
    }
  }

  /** Takes a character; whether the tag ends with it. */
  boolean endsWith(char next) {
    matched = extend(matched, next);
    return matched == tag.length();
  }

  /** The length of the longest prefix of the tag that the stream ends with. */
  int matched() {
    return matched;
  }

  /** Forgets the stream so far. */
  void reset() {
    matched = 0;
  }

  private int extend(int prefix, char next) {
    while (prefix > 0 && tag.charAt(prefix) != next) {
      prefix = fallback[prefix];
    }
    return tag.charAt(prefix) == next ? prefix + 1 : 0;
  }
}
