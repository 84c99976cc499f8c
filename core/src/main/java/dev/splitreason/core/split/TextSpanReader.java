package dev.splitreason.core.split;

import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.TokenBoundary;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Reads a span as text, because the models' vocabularies differ. Text is tokenised up to a place
 * that no token can span; the rest waits for more, but not for ever: text without a break, such as
 * a long number, is cut after some tokens, since the small model may have closed the span in it.
 * Where it is cut depends on the text and its tokens alone, not on when they come. Where the small
 * model closes inside a token of the large one, that token is kept whole.
 */
final class TextSpanReader implements SpanReader {

  /** The fewest tokens of the large model without a break that are cut: more than most words. */
  private static final int LEAST_UNBROKEN = 8;

  private final View small;
  private final CloseTest test;
  private final int longestUnbroken;
  private final int start;
  private final Tokenizer tokenizer;
  private final SpanText written = new SpanText();
  private final SpanText read = new SpanText();
  private int readTokens;

  /**
   * Reads from where the small model is.
   *
   * @param chunk tokens of the large model after which the small one is to have looked
   */
  TextSpanReader(View small, CloseTest test, int chunk) {
    this.small = small;
    this.test = test;
    this.longestUnbroken = Math.max(chunk, LEAST_UNBROKEN);
    this.start = small.session().length();
    this.tokenizer = Objects.requireNonNull(small.model().tokenizer());
  }

  @Override
  public int read(List<Token> tokens, boolean last) throws InterruptedException {
    tokens.forEach(written::add);
    int[] run = nextRun(last);
    if (run.length == 0) {
      return OPEN;
    }
    Session session = small.session();
    Scores scores = small.score(run, test.request());
    for (int position = 1; position <= run.length; position++) {
      read.add(tokenizer.token(run[position - 1]));
      readTokens++;
      boolean whole = read.wholeCharacters(readTokens) == readTokens;
      if (whole && test.closes(scores, position, session, start + readTokens)) {
        return written.tokensReaching(read.end(readTokens));
      }
    }
    return OPEN;
  }

  /** The small model's tokens of what can be read by now. */
  private int[] nextRun(boolean last) {
    String all = written.substring(0, written.length());
    IntStream.Builder run = IntStream.builder();
    int cut = read.length();
    int place = cut;
    while (place < all.length()) {
      int first = written.tokensWithin(place);
      int limit =
          written.end(written.wholeCharacters(Math.min(first + longestUnbroken, written.count())));
      int boundary = TokenBoundary.first(all, place, limit);
      if (boundary > 0) {
        place = boundary;
      } else if (limit > place && written.count() > first + longestUnbroken) {
        // Tokenised on its own, as it would be if nothing behind it were known yet.
        IntStream.of(tokenizer.tokenize(all.substring(cut, limit))).forEach(run::add);
        place = limit;
        cut = limit;
      } else {
        break;
      }
    }
    String rest = all.substring(cut, last ? all.length() : place);
    IntStream.of(tokenizer.tokenize(rest)).forEach(run::add);
    return run.build().toArray();
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
