package dev.splitreason.core.split;

import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import java.util.List;

/**
 * Reads a span with a small model that cannot score: after each chunk a copy of its session goes on
 * for a few tokens, and the span closes at the chunk's end if they begin with the close tag.
 * Coarser than scoring, and the documented fallback for it.
 */
final class ProbingSpanReader implements SpanReader {

  private final View small;
  private final TagTokens tags;
  private final Sampling sampling;
  private final int start;
  private final SpanText written = new SpanText();
  private int judged;

  ProbingSpanReader(View small, TagTokens tags, Sampling sampling) {
    this.small = small;
    this.tags = tags;
    this.sampling = sampling;
    this.start = small.session().length();
  }

  @Override
  public int read(List<Token> tokens, boolean last) throws InterruptedException {
    tokens.forEach(written::add);
    int fresh = written.tokensWithin(written.length()) - judged;
    if (fresh <= 0) {
      return OPEN;
    }
    Session session = small.session();
    int before = session.length();
    session.append(written.substring(written.end(judged), written.end(judged + fresh)));
    small.countPrefilled(session.length() - before);
    judged += fresh;
    try (Session probe = session.fork()) {
      return CloseTest.spells(probe, tags.spelling().close(), sampling) ? judged : OPEN;
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
    Session session = small.session();
    session.truncate(start);
    session.append(written.substring(0, written.end(tokens)));
  }
}
