package dev.splitreason.simulator.answer;

import dev.splitreason.core.trace.Author;
import dev.splitreason.simulator.outline.OutlineTurn;

/**
 * Split decoding one step after the other: the large model prefills what it missed when it is
 * called, writes a chunk, and waits until the small one has read it.
 */
final class SequentialSplit extends Answering {

  SequentialSplit(Start start) {
    super(start);
  }

  @Override
  void begin() {
    small.misses(outline.promptTokens());
    large.misses(outline.promptTokens());
    small.enter(
        room(),
        () -> {
          timeline.spent(LatencyPart.QUEUE);
          turn(0);
        });
  }

  private void turn(int index) {
    if (index == outline.turns().size()) {
      finish();
    } else if (outline.turns().get(index).author() == Author.SMALL) {
      smallTurn(index);
    } else {
      largeTurn(index);
    }
  }

  private void smallTurn(int index) {
    OutlineTurn turn = outline.turns().get(index);
    call(
        small,
        index,
        () ->
            write(
                small,
                outline.decoded(index),
                () -> {
                  large.misses(turn.text());
                  travel(small, () -> turn(index + 1));
                }));
  }

  private void largeTurn(int index) {
    large.enter(
        room(),
        () -> {
          timeline.spent(LatencyPart.QUEUE);
          call(large, index, () -> chunk(index, 0));
        });
  }

  /** The large model writes a chunk, of which the end may be too much. */
  private void chunk(int index, int written) {
    int span = outline.turns().get(index).tokens();
    int kept = Math.min(settings.chunk(), span - written);
    boolean endsHere = outline.endsWith(index) && written + kept == span;
    int allowed = Math.max(settings.spanCap(), span) - written;
    int tail = endsHere ? 0 : Math.min(settings.chunk(), allowed) - kept;
    write(
        large,
        kept,
        () ->
            discard(
                tail,
                () ->
                    travel(
                        large,
                        () -> {
                          if (endsHere) {
                            turn(index + 1);
                          } else {
                            probe(index, written + kept, kept, tail);
                          }
                        })));
  }

  private void discard(int tokens, Runnable then) {
    if (tokens == 0) {
      then.run();
      return;
    }
    large.decode(
        tokens,
        false,
        () -> {
          timeline.spent(LatencyPart.DISCARDED);
          then.run();
        });
  }

  /** The small model reads the chunk: the span goes on or closes. */
  private void probe(int index, int written, int kept, int tail) {
    travel(
        small,
        () ->
            small.probe(
                kept + tail,
                kept,
                settings.probe(),
                () ->
                    clock.after(
                        small.profile().probeSeconds(),
                        () -> {
                          timeline.spent(LatencyPart.PROBE);
                          travel(small, () -> closeOrGoOn(index, written));
                        })));
  }

  private void closeOrGoOn(int index, int written) {
    if (written == outline.turns().get(index).tokens()) {
      turn(index + 1);
    } else {
      travel(large, () -> chunk(index, written));
    }
  }
}
