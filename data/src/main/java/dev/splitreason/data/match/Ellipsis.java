package dev.splitreason.data.match;

import java.util.List;
import java.util.regex.Pattern;

/** The places of a snippet where the model that copied it left something out. */
final class Ellipsis {

  private static final Pattern MARK =
      Pattern.compile("[\\[(]?(?:\\.{3,}|…|\\. \\. \\.|\\\\[lcd]?dots[a-z]?)[\\])]?");

  private Ellipsis() {}

  /** What stands before, between and behind the ellipses; empty if the snippet has none. */
  static List<String> parts(String snippet) {
    if (!MARK.matcher(snippet).find()) {
      return List.of();
    }
    return MARK.splitAsStream(snippet).filter(part -> !part.isBlank()).toList();
  }
}
