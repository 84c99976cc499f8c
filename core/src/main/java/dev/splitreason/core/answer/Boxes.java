package dev.splitreason.core.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The LaTeX boxes of a text. */
final class Boxes {

  private static final String[] COMMANDS = {"\\boxed", "\\fbox", "\\framebox"};

  /** A number in a box without braces: {@code \boxed 5}. */
  private static final Pattern BRACELESS =
      Pattern.compile("\\\\f?box(?:ed)?\\s+(-?\\d[^\\s${}\\\\]*)");

  /** How an instruction speaks of an empty box: "put it in \\boxed{}". */
  private static final Pattern MENTION =
      Pattern.compile("\\b(?:in|within|inside|into|using|with|the|an?)[\\s`$(\\\\*]*$");

  private static final int LONGEST_MENTION = 24;

  /** A box of which nothing but its command was written. */
  private static final Pattern CUT_OFF = Pattern.compile("\\\\f?box(?:ed)?\\s*$");

  private static final int LONGEST_CUT_OFF = 24;

  private static final Pattern TEXT = Pattern.compile("\\\\text\\s*\\{([^{}]*)\\}");

  /** Math delimiters and spacing that may stand between two boxes of one answer. */
  private static final Pattern DELIMITERS =
      Pattern.compile("\\\\[()\\[\\],;! ]|\\$|\\\\q?quad|\\s+");

  /** What joins two boxes: nothing, or a comma, "and", "or", after a word and before a name. */
  private static final Pattern JOINT =
      Pattern.compile(
          "(?:[a-z ()]{0,20}?(?:,|;|\\band\\b|\\bor\\b)[ ,]*(?:and|or)?)?"
              + " *(?:\\(?[a-z][_, a-z0-9]{0,6}\\)? ?=)?",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_JOINT = 80;

  private Boxes() {}

  /**
   * What the last boxes of a text hold.
   *
   * @param content without the boxes; null if the last one is empty or never closed
   * @param end where the last one ends in the text, or starts if it is not closed
   */
  record Found(@Nullable String content, int end) {}

  /** A box: where its command starts, where its content starts and ends. */
  private record Box(int start, int contentStart, int contentEnd) {}

  /**
   * What the last box holds; when several boxes make up one answer, what each holds, between
   * commas. Of boxes within boxes the one that begins last counts. An empty box is an answer that
   * was not given, unless the words before it only speak of a box.
   *
   * @return null if there is no box
   */
  static @Nullable Found last(String text) {
    List<Box> boxes = all(text);
    if (isCutOff(text)) {
      return new Found(null, text.length());
    }
    if (boxes.isEmpty()) {
      return braceless(text);
    }
    Box end = boxes.getLast();
    if (isBlank(text, end.contentStart, end.contentEnd)) {
      return new Found(null, end.contentEnd);
    }
    SequencedSet<String> contents = new LinkedHashSet<>();
    int last = boxes.size() - 1;
    contents.add(content(text, boxes.get(last)));
    for (int i = last; i > 0 && areJoined(text, boxes.get(i - 1), boxes.get(i)); i--) {
      contents.addFirst(content(text, boxes.get(i - 1)));
    }
    return new Found(String.join(", ", contents), boxes.getLast().contentEnd);
  }

  /**
   * The boxes that hold no other, in order; one that is not closed is last and empty. One pass with
   * a stack of open braces: linear even on a text of nothing else.
   */
  private static List<Box> all(String text) {
    List<Box> boxes = new ArrayList<>();
    int[] open = new int[16];
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++; // an escaped brace is none
      } else if (c == '{') {
        open = depth == open.length ? Arrays.copyOf(open, 2 * depth) : open;
        open[depth++] = i;
      } else if (c == '}' && depth > 0) {
        int brace = open[--depth];
        boolean holdsAnother = !boxes.isEmpty() && boxes.getLast().start > brace;
        int start = holdsAnother ? -1 : boxStart(text, brace);
        if (start >= 0 && !(isBlank(text, brace + 1, i) && isMention(text, start))) {
          boxes.add(new Box(start, brace + 1, i));
        }
      }
    }
    int lastStart = boxes.isEmpty() ? -1 : boxes.getLast().start;
    for (int i = depth - 1; i >= 0 && open[i] > lastStart; i--) {
      int start = boxStart(text, open[i]);
      if (start >= 0) {
        boxes.add(new Box(start, start, start));
        break;
      }
    }
    return boxes;
  }

  private static boolean isMention(String text, int start) {
    return MENTION.matcher(text.substring(Math.max(0, start - LONGEST_MENTION), start)).find();
  }

  private static boolean isCutOff(String text) {
    return CUT_OFF.matcher(text.substring(Math.max(0, text.length() - LONGEST_CUT_OFF))).find();
  }

  /** Where the box command that this brace belongs to starts; −1 when the brace is no box's. */
  private static int boxStart(String text, int brace) {
    int end = brace;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    for (String command : COMMANDS) {
      if (text.startsWith(command, end - command.length())) {
        return end - command.length();
      }
    }
    return -1;
  }

  private static boolean areJoined(String text, Box first, Box second) {
    if (isBlank(text, first.contentStart, first.contentEnd)) {
      return false;
    }
    int start = first.contentEnd + 1;
    if (second.start - start > LONGEST_JOINT) {
      return false;
    }
    String between = text.substring(start, second.start);
    if (between.contains(".") || between.contains("\n\n")) {
      return false;
    }
    String words = TEXT.matcher(between).replaceAll("$1");
    return JOINT.matcher(DELIMITERS.matcher(words).replaceAll(" ").strip()).matches();
  }

  private static @Nullable Found braceless(String text) {
    Matcher matcher = BRACELESS.matcher(text);
    Found last = null;
    while (matcher.find()) {
      last = new Found(matcher.group(1), matcher.end());
    }
    return last;
  }

  private static String content(String text, Box box) {
    return text.substring(box.contentStart, box.contentEnd).strip();
  }

  private static boolean isBlank(String text, int from, int to) {
    int i = from;
    while (i < to && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i == to;
  }
}
