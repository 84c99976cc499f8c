package dev.splitreason.pairs.hub;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Files that are one, cut into parts: {@code NAME-00001-of-00003.gguf} and so on. */
final class Shards {

  private static final Pattern FORM = Pattern.compile("(.*-)(\\d{5})(-of-)(\\d{5})(\\.\\w+)");

  private Shards() {}

  /** Whether a file is a part, but not the first: that one stands for all. */
  static boolean isFurther(String path) {
    Matcher matcher = FORM.matcher(path);
    return matcher.matches() && Integer.parseInt(matcher.group(2)) != 1;
  }

  /** All parts of which this file is the first, in order; itself if it is whole. */
  static List<String> of(String path) {
    Matcher matcher = FORM.matcher(path);
    if (!matcher.matches()) {
      return List.of(path);
    }
    return IntStream.rangeClosed(1, Integer.parseInt(matcher.group(4)))
        .mapToObj(
            part ->
                matcher.group(1)
                    + "%05d".formatted(part)
                    + matcher.group(3)
                    + matcher.group(4)
                    + matcher.group(5))
        .toList();
  }
}
