package dev.splitreason.core.vocabulary;

import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A vocabulary that is its list of tokens; the longest that fits comes first.
 *
 * @param entries by id
 */
record ListedTokens(List<Entry> entries) implements Tokenizer {

  /** One token. */
  record Entry(String spelling, TokenKind kind, boolean ends) {
    static Entry text(String spelling) {
      return new Entry(spelling, TokenKind.TEXT, false);
    }

    static Entry control(String spelling) {
      return new Entry(spelling, TokenKind.CONTROL, false);
    }

    static Entry ender(String spelling) {
      return new Entry(spelling, TokenKind.CONTROL, true);
    }

    static Entry unused(String spelling) {
      return new Entry(spelling, TokenKind.UNUSED, false);
    }
  }

  @Override
  public int[] tokenize(String text) {
    return tokenize(text, false);
  }

  @Override
  public int[] tokenizeWithControl(String text) {
    return tokenize(text, true);
  }

  private int[] tokenize(String text, boolean control) {
    IntStream.Builder ids = IntStream.builder();
    for (int at = 0; at < text.length(); ) {
      int best = -1;
      for (int id = 0; id < entries.size(); id++) {
        Entry entry = entries.get(id);
        boolean used =
            entry.kind() == TokenKind.TEXT || (control && entry.kind() == TokenKind.CONTROL);
        if (used
            && text.startsWith(entry.spelling(), at)
            && (best < 0 || entry.spelling().length() > entries.get(best).spelling().length())) {
          best = id;
        }
      }
      if (best < 0) {
        throw new AssertionError("no token for '" + text.charAt(at) + "'");
      }
      ids.add(best);
      at += entries.get(best).spelling().length();
    }
    return ids.build().toArray();
  }

  @Override
  public byte[] bytes(int id) {
    return entries.get(id).spelling().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean endsText(int id) {
    return entries.get(id).ends();
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public TokenKind kind(int id) {
    return entries.get(id).kind();
  }

  String text(int... ids) {
    return String.join("", Arrays.stream(ids).mapToObj(id -> entries.get(id).spelling()).toList());
  }

  /** Of each instance: two equal lists are two vocabularies, as two files are. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
