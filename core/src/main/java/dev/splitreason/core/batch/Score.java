package dev.splitreason.core.batch;

import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.sampling.Distribution;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import org.jspecify.annotations.Nullable;

/** Appends a run and looks at every position of it. */
final class Score extends Work {

  private final int[] run;
  private final ScoreRequest request;
  private final @Nullable DrawListener draws;
  private final int start;
  private final float @Nullable [] before;
  private final float[] logProbs;
  private final float[][] watched;
  private final float[] entropy;
  private final int[] drawn;

  Score(Sequence sequence, int[] run, ScoreRequest request, @Nullable DrawListener draws) {
    super(sequence);
    this.run = run;
    this.request = request;
    this.draws = draws;
    this.start = sequence.length();
    this.before = sequence.lastLogits();
    this.logProbs = new float[request.logProbs() ? run.length : 0];
    this.watched = new float[request.watch().length == 0 ? 0 : run.length + 1][];
    this.entropy = new float[request.entropy() ? run.length + 1 : 0];
    this.drawn = new int[request.draw() == null ? 0 : run.length + 1];
  }

  Scores scores() {
    return new Scores(logProbs, watched, entropy, drawn);
  }

  @Override
  void begin(Sampler sampler) {
    sequence.add(run);
    if (before == null) {
      sequence.forgetFrom(start - 1);
      return;
    }
    onLogits(start - 1, before, sampler);
    if (run.length == 0) {
      finish();
    }
  }

  @Override
  int target() {
    return sequence.length();
  }

  @Override
  int logitsFrom() {
    return start - 1;
  }

  @Override
  void onLogits(int position, float[] logits, Sampler sampler) {
    int place = position + 1 - start;
    boolean scoresRun = request.logProbs() && place < run.length;
    if (scoresRun || request.watch().length > 0 || request.entropy()) {
      look(place, logits, scoresRun);
    }
    Sampling draw = request.draw();
    if (draw != null) {
      int next = position + 1;
      drawn[place] = sampler.draw(logits, draw, next, sequence.tokens(), next);
      if (draws != null) {
        draws.looked(next, drawn[place], logits, draw);
      }
    }
    if (place == run.length) {
      sequence.keepLogits(logits);
    }
  }

  private void look(int place, float[] logits, boolean scoresRun) {
    Distribution distribution = Distribution.of(logits);
    if (scoresRun) {
      logProbs[place] = (float) distribution.logProb(logits[run[place]]);
    }
    if (request.watch().length > 0) {
      float[] values = new float[request.watch().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) distribution.logProb(logits[request.watch()[i]]);
      }
      watched[place] = values;
    }
    if (request.entropy()) {
      entropy[place] = (float) distribution.entropy();
    }
  }

  @Override
  void onTarget() {
    finish();
  }
}
