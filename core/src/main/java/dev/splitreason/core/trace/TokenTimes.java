package dev.splitreason.core.trace;

import dev.splitreason.core.error.UserMistake;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * When each author's tokens were written, as traces are stored: seconds from the request, rounded
 * to microseconds. The segments tell whose turn it was.
 *
 * @param small times of the small model's tokens, in order
 * @param large times of the large model's tokens, in order
 */
public record TokenTimes(List<Double> small, List<Double> large) {

  /** The times of a trace, by author. */
  public static TokenTimes of(List<TokenTime> times) {
    List<Double> small = new ArrayList<>();
    List<Double> large = new ArrayList<>();
    for (TokenTime time : times) {
      (time.author() == Author.SMALL ? small : large).add(microseconds(time.seconds()));
    }
    return new TokenTimes(small, large);
  }

  /**
   * The times in the order of the answer.
   *
   * @throws UserMistake if there are more times than the segments have tokens
   */
  public List<TokenTime> inOrderOf(List<Segment> segments) {
    Iterator<Double> nextSmall = small.iterator();
    Iterator<Double> nextLarge = large.iterator();
    List<TokenTime> times = new ArrayList<>();
    for (Segment segment : segments) {
      Iterator<Double> own = segment.author() == Author.SMALL ? nextSmall : nextLarge;
      for (int i = 0; i < segment.tokens() && own.hasNext(); i++) {
        times.add(new TokenTime(segment.author(), own.next()));
      }
    }
    if (nextSmall.hasNext() || nextLarge.hasNext()) {
      throw new UserMistake("more token times than tokens");
    }
    return times;
  }

  /** Seconds rounded as traces store them. */
  public static double microseconds(double seconds) {
    return Math.rint(seconds * 1e6) / 1e6;
  }
}
