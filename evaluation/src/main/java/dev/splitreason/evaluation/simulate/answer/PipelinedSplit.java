package dev.splitreason.evaluation.simulate.answer;

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
          timeline.spent(Part.QUEUE);
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
            timeline.spent(Part.QUEUE);
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

  /** One span: two loops that run side by side, the large model's tokens and the probes. */
  private final class Span {
    private final int index;
    private final int length;
    private final boolean endsAnswer;
    private int written;
    private int arrived;
    private int read;
    private boolean probing;
    private boolean closed;
    private boolean stopped;

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
      writeNext();
    }

    private void writeNext() {
      large.decodeOne(written < length, this::wrote);
    }

    private void wrote(double stepSeconds) {
      written++;
      if (finished()) {
        return;
      }
      if (written == 1) {
        timeline.spent(Part.LARGE_PREFILL, Part.LARGE_DECODE, stepSeconds);
      } else if (written <= length) {
        timeline.spent(Part.LARGE_DECODE);
      }
      if (endsAnswer && written == length) {
        travel(large, PipelinedSplit.this::end);
        return;
      }
      clock.after(betweenModels(), this::arrived);
      if (stopped || written == Math.max(settings.spanCap(), length)) {
        follower.follow();
      } else {
        writeNext();
      }
    }

    private void arrived() {
      arrived++;
      if (arrived == length) {
        timeline.spent(Part.HAND_OFF);
      }
      probe();
    }

    private void probe() {
      if (probing || closed || finished() || arrived == read) {
        return;
      }
      probing = true;
      int fresh = arrived - read;
      int kept = Math.min(arrived, length) - read;
      read = arrived;
      small.probe(
          fresh,
          kept,
          settings.probe(),
          () -> clock.after(small.profile().probeSeconds(), this::probed));
    }

    private void probed() {
      probing = false;
      if (read < length || endsAnswer) {
        probe();
        return;
      }
      closed = true;
      timeline.spent(Part.PROBE);
      travel(
          small,
          () -> {
            clock.after(large.profile().roundTripSeconds() / 2, () -> stopped = true);
            turn(index + 1);
          });
    }
  }
}
