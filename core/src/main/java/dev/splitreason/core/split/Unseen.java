package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.text.TokenBoundary;
import dev.splitreason.core.text.Utf8Assembler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a model has not read yet, in order: token ids, and text where a token of the other model is
 * none of its own. Text between two ids is whole: no token spans a control token. Not thread-safe.
 */
final class Unseen {

  /** A part that is read at once. */
  sealed interface Part {

    /**
     * Token ids.
     *
     * @param ids at least one. Not to be modified
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Ids(int[] ids) implements Part {}

    /** Text, which begins and ends where a token may. */
    record Text(String text) implements Part {}
  }

  private static final int CHARACTERS_A_TOKEN = 4;

  private final List<Part> parts = new ArrayList<>();
  private int partsSize;

  /** After all parts; one of the two is empty. */
  private int[] ids = new int[64];

  private int count;
  private final StringBuilder text = new StringBuilder();
  private final Utf8Assembler characters = new Utf8Assembler();

  /** About how many tokens it is. */
  int size() {
    return partsSize + count + text.length() / CHARACTERS_A_TOKEN;
  }

  void addIds(int... more) {
    if (more.length == 0) {
      return;
    }
    text.append(characters.finish());
    endText(text.length());
    if (count + more.length > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + more.length));
    }
    System.arraycopy(more, 0, ids, count, more.length);
    count += more.length;
  }

  void addText(String more) {
    endIds();
    text.append(more);
  }

  /** Adds a token of another vocabulary; an incomplete character waits for its end. */
  void addTextOf(Token token) {
    addText(characters.append(token.bytes()));
  }

  /** Takes everything: what comes next begins where a token may begin. */
  List<Part> takeAll() {
    return take(text.length());
  }

  /** Takes what is there up to the last place that no token can span. */
  List<Part> takeWhole() {
    return take(TokenBoundary.last(text));
  }

  private List<Part> take(int cut) {
    endIds();
    endText(cut);
    List<Part> taken = List.copyOf(parts);
    parts.clear();
    partsSize = 0;
    return taken;
  }

  private void endIds() {
    if (count > 0) {
      parts.add(new Part.Ids(Arrays.copyOf(ids, count)));
      partsSize += count;
      count = 0;
    }
  }

  private void endText(int cut) {
    if (cut > 0) {
      parts.add(new Part.Text(text.substring(0, cut)));
      partsSize += cut / CHARACTERS_A_TOKEN;
      text.delete(0, cut);
    }
  }
}
