package dev.splitreason.evaluation.run;

/** Sees samples as they are finished, one at a time. */
@FunctionalInterface
public interface SampleListener {

  /** A sample was drawn. */
  void onSample(Sample sample);
}
