package dev.splitreason.core.split;

import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small real vocabulary: the 256 bytes, words, and control tokens. Text is tokenised from left to
 * right by the longest entry that fits, so that every text has tokens.
 */
public final class Vocabulary implements Tokenizer {

  /** Ends a text. */
  static final String END = "<|end|>";

  /** Ends a prompt: what follows is the answer. */
  static final String GO = "<|go|>";

  /** Bytes only: every character but ASCII is cut into several tokens. */
  public static final Vocabulary BYTES = new Vocabulary(List.of(), List.of());

  /** The tags are single tokens. */
  static final Vocabulary TAGGED = new Vocabulary(List.of(), List.of("<bigmodel>", "</bigmodel>"));

  /** Words, and pieces that cross every border of a tag. */
  static final Vocabulary WORDS =
      new Vocabulary(
          List.of(
              " a", " b", "ab", "aa", "12", "1<", "a<", "<big", "big", "model", "model>", ">\n",
              ">a", "l>1", "</", "/big", "></", "é", " é", "字", "<b", "><"),
          List.of());

  /** Other words than {@link #WORDS}, with single tokens for the tags. */
  static final Vocabulary OTHER_WORDS =
      new Vocabulary(
          List.of("ba", " ab", "b1", "21", "212", "😀", " 😀", ">\n", "<bi", "gmodel>", "=="),
          List.of("<bigmodel>", "</bigmodel>"));

  private final List<byte[]> entries = new ArrayList<>();
  private final int firstControl;

  Vocabulary(List<String> words, List<String> tags) {
    for (int value = 0; value < 256; value++) {
      entries.add(new byte[] {(byte) value});
    }
    words.forEach(word -> entries.add(word.getBytes(StandardCharsets.UTF_8)));
    firstControl = entries.size();
    List.of(END, GO).forEach(control -> entries.add(control.getBytes(StandardCharsets.UTF_8)));
    tags.forEach(tag -> entries.add(tag.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public int[] tokenize(String text) {
    return tokenize(text, firstControl);
  }

  @Override
  public int[] tokenizeWithControl(String text) {
    return tokenize(text, entries.size());
  }

  private int[] tokenize(String text, int entriesUsed) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length];
    int count = 0;
    for (int at = 0; at < bytes.length; at += entries.get(ids[count - 1]).length) {
      ids[count++] = longestAt(bytes, at, entriesUsed);
    }
    return Arrays.copyOf(ids, count);
  }

  private int longestAt(byte[] bytes, int at, int entriesUsed) {
    int best = bytes[at] & 0xff;
    for (int id = 256; id < entriesUsed; id++) {
      byte[] entry = entries.get(id);
      int end = at + entry.length;
      if (entry.length > entries.get(best).length
          && end <= bytes.length
          && Arrays.equals(entry, 0, entry.length, bytes, at, end)) {
        best = id;
      }
    }
    return best;
  }

  @Override
  public byte[] bytes(int id) {
    return entries.get(id);
  }

  @Override
  public boolean endsText(int id) {
    return id == firstControl;
  }

  /** The id of {@link #END}. */
  public int end() {
    return firstControl;
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public TokenKind kind(int id) {
    return id < firstControl ? TokenKind.TEXT : TokenKind.CONTROL;
  }
}
