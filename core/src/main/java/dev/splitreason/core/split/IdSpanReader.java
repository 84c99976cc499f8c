package dev.splitreason.core.split;

import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Reads a span as token ids: they mean the same to both models. One scoring pass tells every
 * position at once.
 */
final class IdSpanReader implements SpanReader {

  private final View small;
  private final CloseTest test;
  private final CloseSearch search;
  private final int start;
  private final Tokenizer tokenizer;

  /** How many of the small model's tokens the first tokens of the span are. */
  private int[] ends = new int[32];

  private int judged;

  IdSpanReader(View small, CloseTest test) {
    this.small = small;
    this.test = test;
    this.search = new CloseSearch(test, small.session());
    this.start = small.session().length();
    this.tokenizer = Objects.requireNonNull(small.model().tokenizer());
  }

  @Override
  public int read(List<Token> tokens, boolean last) throws InterruptedException {
    if (tokens.isEmpty()) {
      return last && search.closesAtEnd() ? judged : OPEN;
    }
    int before = end(judged);
    int[] run = translated(tokens);
    int fitting = fitting(tokens.size(), before + small.room());
    if (fitting == 0) {
      return FULL;
    }
    int[] fits = Arrays.copyOf(run, end(judged + fitting) - before);
    Scores scores = small.score(fits, test.request());
    for (Token token : tokens.subList(0, fitting)) {
      if (search.closesBefore(token.bytes())) {
        return judged;
      }
      int end = end(judged + 1);
      if (search.closesAfter(token.bytes(), scores, end - before, start + end)) {
        return judged + 1;
      }
      judged++;
    }
    if (fitting < tokens.size()) {
      return FULL;
    }
    return last && search.closesAtEnd() ? judged : OPEN;
  }

  /** How many of the next tokens end within so many of the small model's. */
  private int fitting(int tokens, int room) {
    int fitting = tokens;
    while (fitting > 0 && end(judged + fitting) > room) {
      fitting--;
    }
    return fitting;
  }

  /** The small model's tokens, most often one for one. */
  private int[] translated(List<Token> tokens) {
    IntStream.Builder run = IntStream.builder();
    ends = Arrays.copyOf(ends, Math.max(ends.length, 2 * (judged + tokens.size())));
    int end = end(judged);
    int count = judged;
    for (Token token : tokens) {
      int[] ids = small.incoming().ids(token);
      int[] known = ids == null ? tokenizer.tokenize(token.text()) : ids;
      IntStream.of(known).forEach(run::add);
      end += known.length;
      ends[count++] = end;
    }
    return run.build().toArray();
  }

  private int end(int tokens) {
    return tokens == 0 ? 0 : ends[tokens - 1];
  }

  @Override
  public int judged() {
    return judged;
  }

  @Override
  public void keep(int tokens) {
    small.session().truncate(start + end(tokens));
  }
}
