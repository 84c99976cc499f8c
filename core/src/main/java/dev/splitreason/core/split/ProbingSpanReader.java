package dev.splitreason.core.split;

import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import java.util.List;

/**
 * Reads a span with a small model that cannot score: after each chunk a copy of its session goes on
 * for a few tokens, and the span closes at the chunk's end if they begin with the close tag.
 * Coarser than scoring, and the documented fallback for it. The chunks are counted here, so that
 * the span closes at the same place however many tokens come at once.
 */
final class ProbingSpanReader implements SpanReader {

  private final View small;
  private final TagTokens tags;
  private final Sampling sampling;
  private final int chunk;
  private final int start;
  private final SpanText written = new SpanText();
  private final ClosesAhead ahead = new ClosesAhead();
  private int judged;

  ProbingSpanReader(View small, TagTokens tags, Sampling sampling, int chunk) {
    this.small = small;
    this.tags = tags;
    this.sampling = sampling;
    this.chunk = chunk;
    this.start = small.session().length();
  }

  @Override
  public int read(List<Token> tokens, boolean last) throws InterruptedException {
    for (Token token : tokens) {
      int before = written.length();
      written.add(token);
      ahead.goOn(written.substring(before, written.length()));
      if (ahead.reached() && written.wholeCharacters(written.count()) == written.count()) {
        return written.count();
      }
      int whole = written.tokensWithin(written.length());
      if (whole - judged >= chunk && probe(whole)) {
        return judged;
      }
    }
    int whole = written.tokensWithin(written.length());
    return last && whole > judged && probe(whole) ? judged : OPEN;
  }

  /** Whether the small model would close after so many tokens. */
  private boolean probe(int tokens) throws InterruptedException {
    small.prefill(written.substring(written.end(judged), written.end(tokens)));
    judged = tokens;
    try (Session probe = small.session().fork()) {
      String before = SpelledTag.textBefore(tags.spelling().close(), probe, sampling);
      if (before != null && !before.isEmpty()) {
        ahead.add(before);
      }
      return before != null && before.isEmpty();
    }
  }

  @Override
  public int judged() {
    return judged;
  }

  @Override
  public void keep(int tokens) throws InterruptedException {
    if (tokens == judged) {
      return;
    }
    small.session().truncate(start);
    small.prefill(written.substring(0, written.end(tokens)));
  }
}
