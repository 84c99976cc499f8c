package dev.splitreason.engine.openai;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens of streamed text of which no ids are told. A part may carry several of them, or
 * none: the server's own count says so where it sends one along; else a part is one token, but for
 * text that no single token spells. Such text has as many tokens as in a tokenizer that is at hand,
 * or as few as it can have. Where they end in it is not known: the text is divided evenly.
 */
final class TextTokens {

  /** What one token may spell: no new word inside, and no long run of one kind. */
  private static final Pattern PIECE =
      Pattern.compile("\\s*(?:\\p{L}{1,16}|\\p{N}{1,3}|[^\\s\\p{L}\\p{N}]{1,8})|\\s+");

  private final @Nullable Tokenizer similar;
  private String uncounted = "";
  private int counted;

  /**
   * The tokens of one stream.
   *
   * @param similar a tokenizer to count with, or null if there is none
   */
  TextTokens(@Nullable Tokenizer similar) {
    this.similar = similar;
  }

  /** The tokens that are complete with a part. */
  List<Token> accept(CompletionChunk part) {
    String text = uncounted + part.text();
    boolean told = part.total() >= counted;
    int more = told ? part.total() - counted : count(text);
    counted += more;
    if (told && more == 0 && part.finish() == null) {
      // Its token is counted with the part that completes it.
      uncounted = text;
      return List.of();
    }
    uncounted = "";
    return divide(text, Math.max(1, more));
  }

  private int count(String text) {
    Matcher pieces = PIECE.matcher(text);
    int least = 0;
    while (pieces.find()) {
      least++;
    }
    return least > 1 && similar != null ? Math.max(least, similar.tokenize(text).length) : least;
  }

  /** Whole characters, as evenly as they can be; fewer tokens where there are fewer characters. */
  private static List<Token> divide(String text, int tokens) {
    int characters = text.codePointCount(0, text.length());
    List<Token> divided = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= Math.min(tokens, characters); i++) {
      int share = (int) ((long) characters * i / Math.min(tokens, characters));
      int end = text.offsetByCodePoints(0, share);
      divided.add(Token.ofText(text.substring(start, end)));
      start = end;
    }
    return divided;
  }
}
