package dev.splitreason.core.split;

import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads a span as text, because the models' vocabularies differ. Behind every token of the large
 * model the small one is asked what it would do if the span ended there, with the text cut there:
 * it need not know what comes next, and where it closes depends on the text and its tokens alone,
 * not on when they come. As long as one cut goes on from the other, a pass tells about several.
 * Where the small model closes inside a token of the large one, that token is kept whole.
 */
final class TextSpanReader implements SpanReader {

  /** The fewest tokens of the large model without a break that are cut: more than most words. */
  private static final int LEAST_UNBROKEN = 8;

  private final View small;
  private final CloseTest test;
  private final CloseSearch search;
  private final SpanCuts cuts;
  private final int start;

  /** The most tokens of the span that the small model's context has room for. */
  private final int room;

  /** What the small model's session has of the span. */
  private int[] has = {};

  private int judged;

  /**
   * Reads from where the small model is.
   *
   * @param chunk tokens of the large model after which the small one is to have looked
   */
  TextSpanReader(View small, CloseTest test, int chunk) {
    this.small = small;
    this.test = test;
    this.search = new CloseSearch(test, small.session());
    this.cuts =
        new SpanCuts(
            Objects.requireNonNull(small.model().tokenizer()),
            small.incoming(),
            Math.max(chunk, LEAST_UNBROKEN));
    this.start = small.session().length();
    this.room = small.room();
  }

  @Override
  public int read(List<Token> tokens, boolean last) throws InterruptedException {
    tokens.forEach(cuts::add);
    for (int next = cuts.next(judged); next > 0; next = cuts.next(judged)) {
      if (cuts.end(next) == cuts.end(judged)) {
        // A token without a text, of which there may be nothing to read.
        judged = next;
        continue;
      }
      // Before the session moves on from there.
      if (closesBefore(next)) {
        return judged;
      }
      if (cuts.size(next) > room) {
        return FULL;
      }
      int closed = judge(pass(next));
      if (closed != OPEN) {
        return closed;
      }
    }
    return last && search.closesAtEnd() ? judged : OPEN;
  }

  /**
   * Scores of a run that ends a cut, and of all cuts since the last one that was judged.
   *
   * @param tokens of the large model that are read by it
   * @param before how many of the small model's tokens are before the run
   */
  private record Pass(Scores scores, int before, int tokens) {}

  /** Reads on to the next cut, and to those behind it that go on from it. */
  private Pass pass(int next) throws InterruptedException {
    int end = next;
    int[] ids = cuts.ids(next);
    for (int longer = cuts.next(end); longer > 0; longer = cuts.next(end)) {
      int[] more = cuts.ids(longer);
      if (more.length > room || common(ids, more) < ids.length) {
        break;
      }
      end = longer;
      ids = more;
    }
    // A run has at least a token.
    int before = Math.min(common(has, ids), cuts.size(next) - 1);
    has = Arrays.copyOf(has, before);
    small.session().truncate(start + before);
    Scores scores = small.score(Arrays.copyOfRange(ids, before, ids.length), test.request());
    has = ids;
    return new Pass(scores, before, end);
  }

  private int judge(Pass pass) throws InterruptedException {
    for (int next = cuts.next(judged); next > 0 && next <= pass.tokens; next = cuts.next(judged)) {
      if (cuts.end(next) > cuts.end(judged) && closesBefore(next)) {
        return judged;
      }
      if (closesBy(next, pass)) {
        return next;
      }
      judged = next;
    }
    return OPEN;
  }

  private boolean closesBefore(int next) throws InterruptedException {
    return search.closesBefore(bytes(cuts.text(judged, next)));
  }

  /** Whether the span closes at the end of the next token or inside it. */
  private boolean closesBy(int next, Pass pass) throws InterruptedException {
    int place = cuts.end(judged);
    int end = cuts.end(next);
    if (place == end) {
      return false;
    }
    int size = cuts.size(next);
    for (int inside = pass.before + 1; test.insideTokens() && inside < size; inside++) {
      int border = cuts.endWithin(next, inside, place, end);
      if (border > 0) {
        if (closesAfter(cuts.between(place, border), pass, inside)
            || search.closesBefore(bytes(cuts.between(border, end)))) {
          return true;
        }
        place = border;
      }
    }
    return closesAfter(cuts.between(place, end), pass, size);
  }

  private boolean closesAfter(String text, Pass pass, int size) throws InterruptedException {
    return search.closesAfter(bytes(text), pass.scores, size - pass.before, start + size);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int common(int[] one, int[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch < 0 ? one.length : mismatch;
  }

  @Override
  public int judged() {
    return judged;
  }

  @Override
  public void keep(int tokens) throws InterruptedException {
    int[] kept = cuts.ids(tokens);
    int common = common(has, kept);
    Session session = small.session();
    session.truncate(start + common);
    small.prefill(Arrays.copyOfRange(kept, common, kept.length));
  }
}
