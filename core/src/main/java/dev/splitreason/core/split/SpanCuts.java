package dev.splitreason.core.split;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.TokenBoundary;
import dev.splitreason.core.vocabulary.Translation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a span is to the small model if it ends behind this or that token of the large one: its
 * tokens of the text so far, cut there. They are what the small model goes on from if it closes the
 * span there, and what it was trained on, since examples are cut at their tags. A cut depends on
 * the span's text and tokens up to it alone.
 *
 * <p>Up to the last place that no token can span all cuts have the same tokens; only what is behind
 * it is tokenised anew for each. Text without such a place, as a long number, gets one after some
 * tokens. A control token that both models have is one token to both, and nothing spans it.
 */
final class SpanCuts {

  /** What a cut has behind the tokens that stay. */
  private record Cut(int lasting, Tokens rest) {

    int size() {
      return lasting + rest.size;
    }
  }

  /** Tokens of the small model, each with where it ends in the span's text. */
  private static final class Tokens {

    static final int INSIDE_CHARACTER = -1;

    private int[] ids = new int[8];
    private int[] ends = new int[8];
    private int size;

    void add(int id, int end) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
      }
      ids[size] = id;
      ends[size++] = end;
    }
  }

  private final Tokenizer tokenizer;
  private final Translation incoming;
  private final int longestUnbroken;
  private final SpanText written = new SpanText();

  /** One for each token of the large model; null where it does not end a character. */
  private final List<@Nullable Cut> cuts = new ArrayList<>();

  /** Those of the small model's tokens that stay, whatever comes. */
  private final Tokens lasting = new Tokens();

  /** Where in the text they end, and how many of the large model's tokens end by there. */
  private int from;

  private int tokensBefore;

  /**
   * Cuts of an empty span.
   *
   * @param tokenizer the small model's
   * @param incoming what the large model's tokens are to the small one
   * @param longestUnbroken the most tokens of the large model that are tokenised anew
   */
  SpanCuts(Tokenizer tokenizer, Translation incoming, int longestUnbroken) {
    this.tokenizer = tokenizer;
    this.incoming = incoming;
    this.longestUnbroken = longestUnbroken;
  }

  void add(Token token) {
    int[] ids = incoming.ids(token);
    if (ids == null) {
      written.add(token);
    } else {
      written.endCharacter();
      if (ids.length == 0) {
        // What is nothing to the small model has no text to it either.
        written.add(new Token(token.id(), new byte[0]));
      } else {
        settle(written.length());
        written.add(token);
        addLasting(ids);
      }
    }
    cuts.add(written.endsCharacter() ? cut() : null);
  }

  /** A control token that ends where the text does. */
  private void addLasting(int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      lasting.add(ids[i], i < ids.length - 1 ? Tokens.INSIDE_CHARACTER : written.length());
    }
    from = written.length();
    tokensBefore = written.count();
  }

  /** The cut behind all that is written. */
  private Cut cut() {
    int end = written.length();
    int boundary = from + TokenBoundary.last(written.substring(from, end));
    if (boundary > from) {
      settle(boundary);
    }
    if (written.count() - tokensBefore >= longestUnbroken) {
      settle(end);
    }
    return new Cut(lasting.size, tokens(end));
  }

  /** Lets the tokens up to a place in the text stay. */
  private void settle(int end) {
    Tokens more = tokens(end);
    for (int i = 0; i < more.size; i++) {
      lasting.add(more.ids[i], more.ends[i]);
    }
    from = end;
    tokensBefore = written.tokensWithin(end);
  }

  private Tokens tokens(int end) {
    Tokens tokens = new Tokens();
    SpanText text = new SpanText();
    for (int id : end == from ? new int[0] : tokenizer.tokenize(written.substring(from, end))) {
      text.add(tokenizer.token(id));
      tokens.add(id, text.endsCharacter() ? from + text.length() : Tokens.INSIDE_CHARACTER);
    }
    return tokens;
  }

  /** The next number of tokens that ends with a character, after so many; 0 if there is none. */
  int next(int tokens) {
    for (int next = tokens + 1; next <= cuts.size(); next++) {
      if (cuts.get(next - 1) != null) {
        return next;
      }
    }
    return 0;
  }

  /** What some of the tokens say. */
  String text(int from, int to) {
    return written.substring(written.end(from), written.end(to));
  }

  /** What the span says between two places in its text. */
  String between(int from, int to) {
    return written.substring(from, to);
  }

  /** Where so many tokens end in the text. */
  int end(int tokens) {
    return written.end(tokens);
  }

  /**
   * How many tokens the small model has of the first so many of the large one's, which end with a
   * character.
   */
  int size(int tokens) {
    return tokens == 0 ? 0 : at(tokens).size();
  }

  /** Those tokens. */
  int[] ids(int tokens) {
    if (tokens == 0) {
      return new int[0];
    }
    Cut cut = at(tokens);
    int[] ids = Arrays.copyOf(lasting.ids, cut.size());
    System.arraycopy(cut.rest.ids, 0, ids, cut.lasting, cut.rest.size);
    return ids;
  }

  /**
   * Where the first {@code size} of those tokens end in the text, if between two places; -1 if not,
   * or inside a character.
   */
  int endWithin(int tokens, int size, int after, int before) {
    Cut cut = at(tokens);
    int end = size <= cut.lasting ? lasting.ends[size - 1] : cut.rest.ends[size - 1 - cut.lasting];
    return end > after && end < before ? end : -1;
  }

  private Cut at(int tokens) {
    Cut cut = cuts.get(tokens - 1);
    if (cut == null) {
      throw new IllegalArgumentException(tokens + " tokens end inside a character");
    }
    return cut;
  }
}
