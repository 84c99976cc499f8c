package dev.splitreason.simulator.answer;

import java.util.random.RandomGenerator;

/**
 * Speculative decoding (arXiv 2211.17192): the small model drafts, the large one verifies the draft
 * in one pass, keeps the accepted beginning and adds a token of its own. The text is the large
 * model's.
 */
final class Speculative extends Answering {

  private final RandomGenerator random;
  private int left;

  Speculative(Start start, RandomGenerator random) {
    super(start);
    this.random = random;
    this.left = outline.text();
  }

  @Override
  void begin() {
    small.misses(outline.promptTokens());
    large.misses(outline.promptTokens());
    small.enter(
        room(),
        () ->
            large.enter(
                room(),
                () -> {
                  timeline.spent(LatencyPart.QUEUE);
                  round();
                }));
  }

  private void round() {
    if (left == 0) {
      finish();
      return;
    }
    int draft = Math.min(settings.speculation().draft(), left - 1);
    int accepted = accepted(draft);
    travel(
        small,
        () ->
            write(
                small,
                accepted,
                () -> draftInVain(draft - accepted, () -> verify(draft, accepted))));
  }

  private int accepted(int draft) {
    int accepted = 0;
    while (accepted < draft && random.nextDouble() < settings.speculation().acceptance()) {
      accepted++;
    }
    return accepted;
  }

  private void draftInVain(int tokens, Runnable then) {
    if (tokens == 0) {
      travel(small, then);
      return;
    }
    small.decodeOne(
        false,
        step -> {
          timeline.spent(LatencyPart.SMALL_PREFILL, LatencyPart.DISCARDED, step);
          draftInVain(tokens - 1, then);
        });
  }

  private void verify(int draft, int accepted) {
    large.misses(draft);
    travel(
        large,
        () ->
            large.decodeOne(
                true,
                step -> {
                  timeline.spent(LatencyPart.LARGE_PREFILL, LatencyPart.LARGE_DECODE, step);
                  large.forget(draft - accepted);
                  small.misses(1);
                  left -= accepted + 1;
                  travel(large, this::round);
                }));
  }
}
