package dev.splitreason.training.tokenizer;

import dev.splitreason.core.text.ByteLetters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Byte-pair encoding (Sennrich et al., arXiv 1508.07909) learned from text: the most frequent
 * neighbours are joined, again and again. Text is split as Qwen2 does first, so every digit stays a
 * token of its own.
 */
final class BytePairs {

  private static final Pattern WORD = Pattern.compile(TokenizerJson.SPLIT);

  private BytePairs() {}

  /**
   * Two neighbours that become one token.
   *
   * @param left in {@link ByteLetters}
   * @param right likewise
   */
  record Merge(String left, String right) implements Comparable<Merge> {
    private static final Comparator<Merge> ORDER =
        Comparator.comparing(Merge::left).thenComparing(Merge::right);

    String joined() {
      return left + right;
    }

    @Override
    public int compareTo(Merge other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Learns merges, the most frequent first; of equally frequent ones the first in the alphabet.
   *
   * @param most how many at most; fewer if nothing is left to join
   */
  static List<Merge> learn(Stream<String> texts, int most) {
    Map<List<String>, Long> words = count(texts);
    List<Merge> merges = new ArrayList<>();
    while (merges.size() < most) {
      Map<Merge, Long> pairs = pairs(words);
      if (pairs.isEmpty()) {
        break;
      }
      Merge best =
          pairs.entrySet().stream()
              .max(
                  Map.Entry.<Merge, Long>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
              .orElseThrow()
              .getKey();
      merges.add(best);
      words = apply(best, words);
    }
    return List.copyOf(merges);
  }

  private static Map<List<String>, Long> count(Stream<String> texts) {
    Map<List<String>, Long> words = new LinkedHashMap<>();
    texts.forEach(
        text ->
            WORD.matcher(text)
                .results()
                .forEach(word -> words.merge(letters(word.group()), 1L, Long::sum)));
    return words;
  }

  private static List<String> letters(String word) {
    List<String> letters = new ArrayList<>();
    for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
      letters.add(String.valueOf(ByteLetters.of(value & 0xFF)));
    }
    return letters;
  }

  private static Map<Merge, Long> pairs(Map<List<String>, Long> words) {
    Map<Merge, Long> pairs = new HashMap<>();
    words.forEach(
        (word, count) -> {
          for (int i = 0; i + 1 < word.size(); i++) {
            pairs.merge(new Merge(word.get(i), word.get(i + 1)), count, Long::sum);
          }
        });
    return pairs;
  }

  private static Map<List<String>, Long> apply(Merge merge, Map<List<String>, Long> words) {
    Map<List<String>, Long> merged = new LinkedHashMap<>();
    words.forEach((word, count) -> merged.merge(apply(merge, word), count, Long::sum));
    return merged;
  }

  private static List<String> apply(Merge merge, List<String> word) {
    List<String> merged = new ArrayList<>();
    for (int i = 0; i < word.size(); i++) {
      boolean here =
          i + 1 < word.size()
              && word.get(i).equals(merge.left())
              && word.get(i + 1).equals(merge.right());
      merged.add(here ? merge.joined() : word.get(i));
      i += here ? 1 : 0;
    }
    return merged;
  }
}
