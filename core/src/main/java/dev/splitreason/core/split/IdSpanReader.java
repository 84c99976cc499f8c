package dev.splitreason.core.split;

import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.text.Utf8Assembler;
import java.util.List;

/**
 * Reads a span as token ids: both models have one vocabulary. One scoring pass tells every position
 * at once.
 */
final class IdSpanReader implements SpanReader {

  private final View small;
  private final CloseTest test;
  private final int start;
  private final Utf8Assembler characters = new Utf8Assembler();
  private int judged;

  IdSpanReader(View small, CloseTest test) {
    this.small = small;
    this.test = test;
    this.start = small.session().length();
  }

  @Override
  public int read(List<Token> tokens, boolean last) throws InterruptedException {
    if (tokens.isEmpty()) {
      return OPEN;
    }
    Session session = small.session();
    Scores scores = small.score(tokens.stream().mapToInt(Token::id).toArray(), test.request());
    for (int position = 1; position <= tokens.size(); position++) {
      characters.append(tokens.get(position - 1).bytes());
      int read = judged + position;
      if (!characters.incomplete() && test.closes(scores, position, session, start + read)) {
        return read;
      }
    }
    judged += tokens.size();
    return OPEN;
  }

  @Override
  public int judged() {
    return judged;
  }

  @Override
  public void keep(int tokens) {
    small.session().truncate(start + tokens);
  }
}
