package dev.splitreason.evaluation.run;

/** Sees samples as they are finished, one at a time. */
@FunctionalInterface
public interface RunListener {

  /** A sample was drawn. */
  void onSample(Sample sample);
}
