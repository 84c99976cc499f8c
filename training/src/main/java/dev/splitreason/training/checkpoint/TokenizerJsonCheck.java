package dev.splitreason.training.checkpoint;

import dev.splitreason.core.model.ModelFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Refuses what Hugging Face's tokenizers library would end the process at: a panic of Rust passes
 * through no Java frame. None of it is in a byte-level BPE vocabulary as models are published with.
 */
final class TokenizerJsonCheck {

  /** A repetition without a bound, after what is repeated. */
  private static final Pattern UNBOUNDED = Pattern.compile("^(?:[*+]|\\{\\d*,})");

  /**
   * Repetitions in a row that published rules have at most; each multiplies the tries of a match.
   */
  private static final int MOST_REPETITIONS = 3;

  private TokenizerJsonCheck() {}

  /**
   * Checks a whole file.
   *
   * @throws ModelFileException that names the part
   */
  static void require(JsonNode root) {
    if (!root.path("model").path("continuing_subword_prefix").stringValue("").isEmpty()) {
      throw wrong("a continuing_subword_prefix, which byte-level vocabularies have not");
    }
    for (String part : new String[] {"normalizer", "pre_tokenizer", "post_processor", "decoder"}) {
      requireStep(part, root.path(part));
    }
  }

  private static void requireStep(String part, JsonNode step) {
    if (step.path("type").stringValue("").equals("Precompiled")) {
      throw wrong("a " + part + " of type Precompiled, which byte-level vocabularies have not");
    }
    for (Map.Entry<String, JsonNode> field : step.properties()) {
      if (field.getKey().equals("Regex") && field.getValue().isString()) {
        requireQuick(part, field.getValue().stringValue());
      }
      requireStep(part, field.getValue());
    }
    if (step.isArray()) {
      step.forEach(each -> requireStep(part, each));
    }
  }

  /**
   * A rule whose repetitions nest, or follow each other often, tries a text in more ways than the
   * library lets it, which is a panic.
   */
  private static void requireQuick(String part, String rule) {
    Deque<Group> open = new ArrayDeque<>();
    open.push(new Group());
    for (int at = 0; at < rule.length(); at++) {
      Group group = open.element();
      switch (rule.charAt(at)) {
        case '\\' -> at = endOfEscape(rule, at);
        case '[' -> at = endOfClass(rule, at);
        case '(' -> open.push(new Group());
        case '|' -> group.repetitions = 0;
        case ')' -> {
          if (open.size() > 1) {
            open.pop();
            Group outer = open.element();
            if (group.most > 0 && repeats(rule, at + 1)) {
              throw wrong("a " + part + " whose rule nests repetitions: " + rule);
            }
            outer.add(group.most);
          }
        }
        default -> {}
      }
      if (repeats(rule, at + 1)) {
        open.element().add(1);
      }
      if (open.element().most > MOST_REPETITIONS) {
        throw wrong("a " + part + " whose rule has too many repetitions in a row: " + rule);
      }
    }
  }

  /** Repetitions of a group so far: of the alternative under way, and the most of any. */
  private static final class Group {
    private int repetitions;
    private int most;

    void add(int count) {
      repetitions += count;
      most = Math.max(most, repetitions);
    }
  }

  private static boolean repeats(String rule, int at) {
    return at < rule.length() && UNBOUNDED.matcher(rule.substring(at)).find();
  }

  /** The last character of an escape: of {@code \p{L}} its brace. */
  private static int endOfEscape(String rule, int at) {
    int next = Math.min(at + 1, rule.length() - 1);
    boolean named = "pPxu".indexOf(rule.charAt(next)) >= 0 && rule.startsWith("{", next + 1);
    int end = named ? rule.indexOf('}', next) : next;
    return end < 0 ? rule.length() - 1 : end;
  }

  private static int endOfClass(String rule, int at) {
    int depth = 0;
    for (int i = at; i < rule.length(); i++) {
      switch (rule.charAt(i)) {
        case '\\' -> i++;
        case '[' -> depth++;
        case ']' -> {
          if (--depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return rule.length() - 1;
  }

  private static ModelFileException wrong(String what) {
    return new ModelFileException(BpeVocabulary.FILE, "has " + what);
  }
}
