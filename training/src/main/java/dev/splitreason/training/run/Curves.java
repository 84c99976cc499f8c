package dev.splitreason.training.run;

import java.util.List;

/**
 * Which figures of a run's metrics are drawn: one on the left axis, shares on the right one.
 *
 * @param leftTitle of the left axis
 * @param left the key of its figure
 * @param rightTitle of the right axis, from 0 to 1
 * @param shares the keys of its figures
 */
public record Curves(String leftTitle, String left, String rightTitle, List<String> shares) {

  /** Of a run on text. */
  public static final Curves LOSS =
      new Curves("loss, nats a token", "loss", "answers right", List.of("accuracy"));

  public Curves {
    shares = List.copyOf(shares);
  }
}
