package dev.splitreason.core.split;

import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.text.Utf8Assembler;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a span token by token and finds the first place where the small model closes it, as
 * a {@link CloseTest} tells. A close that is seen ahead takes place if the large model's text goes
 * on with the text that was to come first; where that ends inside a token, the token is kept whole.
 * What is found depends on the span alone, not on how many of its tokens come at once.
 */
final class CloseSearch {

  private static final byte[] NOTHING = {};

  /** A place whose next token is not known yet. */
  private record Place(Scores scores, int position, int length) {}

  private final CloseTest test;
  private final Session session;
  private final Utf8Assembler characters = new Utf8Assembler();

  private final ClosesAhead ahead = new ClosesAhead();

  private @Nullable Place last;

  CloseSearch(CloseTest test, Session session) {
    this.test = test;
    this.session = session;
  }

  /** Whether the span closes before its next token, never before the first. */
  boolean closesBefore(byte[] next) throws InterruptedException {
    Place place = last;
    last = null;
    return place != null
        && sees(test.closesBefore(place.scores(), place.position(), session, place.length(), next));
  }

  /** Whether the span closes at its end, before anything else. */
  boolean closesAtEnd() throws InterruptedException {
    return closesBefore(NOTHING);
  }

  /**
   * Whether the span closes right after a token; never inside a character.
   *
   * @param position after the token in the run that was scored
   * @param length of the session up to there
   */
  boolean closesAfter(byte[] token, Scores scores, int position, int length)
      throws InterruptedException {
    ahead.goOn(characters.append(token));
    if (characters.incomplete()) {
      return false;
    }
    last = new Place(scores, position, length);
    return ahead.reached() || sees(test.closes(scores, position, session, length));
  }

  /** Takes note of what a test sees; whether it closes here. */
  private boolean sees(@Nullable String before) {
    if (before != null && !before.isEmpty()) {
      ahead.add(before);
    }
    return before != null && before.isEmpty();
  }
}
