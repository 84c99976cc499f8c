package dev.splitreason.core.split;

import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.TokenBoundary;
import java.util.List;
import java.util.Objects;

/**
 * Reads a span as text, because the models' vocabularies differ. Text is tokenised up to a place
 * that no token can span; the rest waits for more. Where the small model closes inside a token of
 * the large one, that token is kept whole.
 */
final class TextSpanReader implements SpanReader {

  private final View small;
  private final CloseTest test;
  private final int start;
  private final Tokenizer tokenizer;
  private final SpanText written = new SpanText();
  private final SpanText read = new SpanText();
  private int readTokens;

  TextSpanReader(View small, CloseTest test) {
    this.small = small;
    this.test = test;
    this.start = small.session().length();
    this.tokenizer = Objects.requireNonNull(small.model().tokenizer());
  }

  @Override
  public int read(List<Token> tokens, boolean last) throws InterruptedException {
    tokens.forEach(written::add);
    String unread = written.substring(read.length(), written.length());
    String text = last ? unread : unread.substring(0, TokenBoundary.last(unread));
    int[] run = tokenizer.tokenize(text);
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
