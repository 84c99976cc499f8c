package dev.splitreason.core.split;

import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.TokenBoundary;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.IntStream;

/**
 * Reads a span as text, because the models' vocabularies differ. Text is tokenised up to a place
 * that no token can span; the rest waits for more, but not for ever: text without a break, such as
 * a long number, is cut after some tokens, since the small model may have closed the span in it.
 * Where it is cut depends on the text and its tokens alone, not on when they come. Where the small
 * model closes inside a token of the large one, that token is kept whole. A control token that both
 * have is one token to both; nothing spans it.
 */
final class TextSpanReader implements SpanReader {

  /** The fewest tokens of the large model without a break that are cut: more than most words. */
  private static final int LEAST_UNBROKEN = 8;

  private final View small;
  private final CloseTest test;
  private final CloseSearch search;
  private final int longestUnbroken;
  private final int start;
  private final Tokenizer tokenizer;
  private final SpanText written = new SpanText();
  private final SpanText read = new SpanText();
  private int readTokens;

  /** A control token in the text. */
  private record Control(int start, int end, int[] ids) {}

  private final Queue<Control> unreadControls = new ArrayDeque<>();

  /**
   * Reads from where the small model is.
   *
   * @param chunk tokens of the large model after which the small one is to have looked
   */
  TextSpanReader(View small, CloseTest test, int chunk) {
    this.small = small;
    this.test = test;
    this.search = new CloseSearch(test, small.session());
    this.longestUnbroken = Math.max(chunk, LEAST_UNBROKEN);
    this.start = small.session().length();
    this.tokenizer = Objects.requireNonNull(small.model().tokenizer());
  }

  @Override
  public int read(List<Token> tokens, boolean last) throws InterruptedException {
    tokens.forEach(this::write);
    int[] run = nextRun(last);
    int fitting = Math.min(run.length, small.room());
    if (fitting == 0 && run.length > 0) {
      return FULL;
    }
    if (fitting > 0) {
      Scores scores = small.score(Arrays.copyOf(run, fitting), test.request());
      for (int position = 1; position <= fitting; position++) {
        Token token = tokenizer.token(run[position - 1]);
        if (search.closesBefore(token.bytes())) {
          return closedHere();
        }
        read.add(token);
        readTokens++;
        if (search.closesAfter(token.bytes(), scores, position, start + readTokens)) {
          return closedHere();
        }
      }
      if (fitting < run.length) {
        return FULL;
      }
    }
    return last && search.closesAtEnd() ? closedHere() : OPEN;
  }

  private int closedHere() {
    return written.tokensReaching(read.end(readTokens));
  }

  private void write(Token token) {
    int[] ids = small.incoming().ids(token);
    if (ids == null) {
      written.add(token);
    } else if (ids.length == 0) {
      // What is nothing to the small model has no text to it either.
      written.add(new Token(token.id(), new byte[0]));
    } else {
      written.endCharacter();
      int before = written.length();
      written.add(token);
      unreadControls.add(new Control(before, written.length(), ids));
    }
  }

  /** The small model's tokens of what can be read by now. */
  private int[] nextRun(boolean last) {
    IntStream.Builder run = IntStream.builder();
    int from = read.length();
    while (!unreadControls.isEmpty()) {
      Control control = unreadControls.remove();
      addText(run, from, control.start(), true);
      IntStream.of(control.ids()).forEach(run::add);
      from = control.end();
    }
    addText(run, from, written.length(), last);
    return run.build().toArray();
  }

  /**
   * Adds the tokens of a part of the text.
   *
   * @param whole whether a token certainly ends where it does; else the end waits for more
   */
  private void addText(IntStream.Builder run, int from, int to, boolean whole) {
    String all = written.substring(0, to);
    int cut = from;
    int place = cut;
    while (place < to) {
      int first = written.tokensWithin(place);
      int limit =
          written.end(written.wholeCharacters(Math.min(first + longestUnbroken, written.count())));
      int boundary = TokenBoundary.first(all, place, limit);
      if (boundary > 0) {
        place = boundary;
      } else if (limit > place && limit < to && written.count() > first + longestUnbroken) {
        // Tokenised on its own, as it would be if nothing behind it were known yet.
        IntStream.of(tokenizer.tokenize(all.substring(cut, limit))).forEach(run::add);
        place = limit;
        cut = limit;
      } else {
        break;
      }
    }
    String rest = all.substring(cut, whole ? to : place);
    IntStream.of(tokenizer.tokenize(rest)).forEach(run::add);
  }

  @Override
  public int judged() {
    return written.tokensWithin(read.length());
  }

  @Override
  public void keep(int tokens) throws InterruptedException {
    int end = written.end(tokens);
    int whole = read.tokensWithin(end);
    small.session().truncate(start + whole);
    small.prefill(written.substring(read.end(whole), end));
  }
}
