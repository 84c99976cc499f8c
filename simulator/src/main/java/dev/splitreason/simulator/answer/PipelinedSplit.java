package dev.splitreason.simulator.answer;

import dev.splitreason.core.trace.Author;

/**
 * Split decoding with both models at work: the large one prefills what the small one writes as it
 * comes; in a span the small one reads what the large one writes as it comes, and the large one
 * does not wait for it.
 */
final class PipelinedSplit extends Answering {

  private final Follower follower;

  PipelinedSplit(Start start) {
    super(start);
    this.follower = new Follower(large, settings.warmChunk());
  }

  @Override
  void begin() {
    small.misses(outline.promptTokens());
    follower.sees(outline.promptTokens());
    small.enter(
        room(),
        () -> {
          timeline.spent(LatencyPart.QUEUE);
          large.enter(room(), follower::follow);
          turn(0);
        });
  }

  private void turn(int index) {
    if (index == outline.turns().size()) {
      end();
    } else if (outline.turns().get(index).author() == Author.SMALL) {
      int text = outline.turns().get(index).text();
      call(small, index, () -> smallTurn(index, outline.decoded(index), text));
    } else {
      large.enter(
          room(),
          () -> {
            timeline.spent(LatencyPart.QUEUE);
            call(large, index, new Span(index)::begin);
          });
    }
  }

  /** The small model writes a run of tokens, which travel to the large one; then the next. */
  private void smallTurn(int index, int tokensLeft, int textLeft) {
    if (tokensLeft == 0) {
      travel(small, () -> turn(index + 1));
      return;
    }
    int run = small.missing() > 0 ? 1 : Math.min(tokensLeft, settings.warmChunk());
    int text = Math.min(run, textLeft);
    write(
        small,
        run,
        () -> {
          clock.after(betweenModels(), () -> follower.sees(text));
          smallTurn(index, tokensLeft - run, textLeft - text);
        });
  }

  private void end() {
    follower.rest();
    finish();
  }

  private double betweenModels() {
    return (small.profile().roundTripSeconds() + large.profile().roundTripSeconds()) / 2;
  }

  /**
   * One span: two loops that run side by side, the large model's tokens and the small one's reading
   * of them. Each reads or writes on as long as the other is less than a chunk away.
   */
  private final class Span {
    private final int index;
    private final int length;
    private final boolean endsAnswer;
    private int written;
    private int arrived;
    private int read;
    private int acknowledged;
    private boolean writing;
    private boolean reading;
    private boolean closed;
    private boolean stopped;
    private boolean handsBackWhenWritten;

    Span(int index) {
      this.index = index;
      this.length = outline.turns().get(index).tokens();
      this.endsAnswer = outline.endsWith(index);
    }

    void begin() {
      follower.rest();
      if (length == 0) {
        turn(index + 1);
        return;
      }
      write();
    }

    private void write() {
      writing = true;
      large.decodeOne(written < length, this::wrote);
    }

    private void wrote(double stepSeconds) {
      writing = false;
      written++;
      if (finished()) {
        return;
      }
      if (written == 1) {
        timeline.spent(LatencyPart.LARGE_PREFILL, LatencyPart.LARGE_DECODE, stepSeconds);
      } else if (written <= length) {
        timeline.spent(LatencyPart.LARGE_DECODE);
      }
      if (endsAnswer && written == length) {
        travel(large, PipelinedSplit.this::end);
        return;
      }
      clock.after(betweenModels(), this::arrived);
      if (stopped || written == Math.max(settings.spanCap(), length)) {
        stop();
      } else if (!writing && written - acknowledged < settings.chunk()) {
        write();
      }
    }

    private void arrived() {
      arrived++;
      if (arrived == length) {
        timeline.spent(LatencyPart.HAND_OFF);
      }
      read();
    }

    private void read() {
      if (reading || closed || finished() || arrived == read) {
        return;
      }
      reading = true;
      int fresh = arrived - read;
      int kept = Math.max(0, Math.min(arrived, length) - read);
      small.probe(
          fresh,
          kept,
          settings.probe(),
          () -> clock.after(small.profile().probeSeconds(), () -> hasRead(fresh)));
    }

    private void hasRead(int fresh) {
      reading = false;
      read += fresh;
      if (read >= length && !endsAnswer) {
        close();
        return;
      }
      int upTo = read;
      clock.after(betweenModels(), () -> acknowledge(upTo));
      read();
    }

    /** The large model may write on if it had paused for the small one. */
    private void acknowledge(int upTo) {
      acknowledged = upTo;
      boolean paused = !writing && !stopped && written < Math.max(settings.spanCap(), length);
      if (paused && !finished() && written - acknowledged < settings.chunk()) {
        if (written < length) {
          timeline.spent(LatencyPart.PROBE);
        }
        write();
      }
    }

    private void close() {
      closed = true;
      timeline.spent(LatencyPart.PROBE);
      travel(
          small,
          () -> {
            clock.after(large.profile().roundTripSeconds() / 2, this::stop);
            if (writing && settings.awaitsTokenInFlight()) {
              handsBackWhenWritten = true;
            } else {
              turn(index + 1);
            }
          });
    }

    /** The large model writes no more of this span, once the token in flight is written. */
    private void stop() {
      stopped = true;
      if (writing) {
        return;
      }
      follower.follow();
      if (handsBackWhenWritten) {
        handsBackWhenWritten = false;
        timeline.spent(LatencyPart.DISCARDED);
        travel(large, () -> turn(index + 1));
      }
    }
  }
}
