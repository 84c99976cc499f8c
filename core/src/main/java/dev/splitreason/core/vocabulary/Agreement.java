package dev.splitreason.core.vocabulary;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What two vocabularies have in common.
 *
 * @param byIds whether the text tokens of each mean the same to the other
 * @param why in a few words for people
 * @param oneToOther ids of the second by those of the first, where ids are exchanged and differ
 * @param otherToOne ids of the first by those of the second, where ids are exchanged and differ
 */
record Agreement(
    boolean byIds, String why, int @Nullable [] oneToOther, int @Nullable [] otherToOne) {

  /**
   * Compares two vocabularies.
   *
   * @throws ModelException if a server has to be asked, and fails
   */
  static Agreement of(Tokenizer one, Tokenizer other) {
    if (one.equals(other)) {
      return new Agreement(true, "one vocabulary", null, null);
    }
    return one.listed() && other.listed() ? compared(one, other) : probed(one, other);
  }

  private static Agreement compared(Tokenizer one, Tokenizer other) {
    int mine = texts(one);
    int theirs = texts(other);
    if (Math.abs(mine - theirs) > Math.max(mine, theirs) / 100) {
      return byText(counts(mine, theirs));
    }
    TokenMap there = TokenMap.of(one, other);
    TokenMap back = TokenMap.of(other, one);
    if (!there.nearlyComplete() || !back.nearlyComplete()) {
      return byText(
          counts(mine, theirs)
              + ", of which %s are not spelled alike"
                  .formatted(number(Math.max(there.missing(), back.missing()))));
    }
    return new Agreement(
        true,
        "%s text tokens mean the same to both".formatted(number(mine - there.missing())),
        there.same() ? null : there.ids(),
        back.same() ? null : back.ids());
  }

  /** Whether every text token has one id in both. */
  boolean sameIds() {
    return byIds && oneToOther == null && otherToOne == null;
  }

  private static String counts(int mine, int theirs) {
    return "the vocabularies differ: %s and %s text tokens".formatted(number(mine), number(theirs));
  }

  /** A server does not list its tokens: the two tell theirs of one long text. */
  private static Agreement probed(Tokenizer one, Tokenizer other) {
    String probe = ProbeText.of(one.listed() ? one : other.listed() ? other : null);
    return Arrays.equals(one.tokenize(probe), other.tokenize(probe))
        ? new Agreement(
            true, "both have the same tokens for a text of all kinds of words", null, null)
        : byText("the vocabularies differ in the tokens of a text of all kinds of words");
  }

  static Agreement byText(String why) {
    return new Agreement(false, why, null, null);
  }

  private static int texts(Tokenizer tokenizer) {
    return (int)
        IntStream.range(0, tokenizer.size())
            .filter(id -> tokenizer.kind(id) == TokenKind.TEXT)
            .count();
  }

  private static String number(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
