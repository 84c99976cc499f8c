package dev.splitreason.training.run;

import dev.splitreason.training.loop.StepReport;
import java.io.IOException;

/** Writes down what a run does. Of several processes, one writes. */
sealed interface RunRecorder extends AutoCloseable permits FolderRecorder, RunRecorder.Silent {

  void step(StepReport report) throws IOException;

  void measured(Measurement measurement) throws IOException;

  /** Saves the run as it is after a step. */
  void save(long step) throws IOException;

  /** Draws the curves; not while the process is ending, when Java's graphics cannot. */
  void draw() throws IOException;

  /** Writes the trained model. */
  void finish() throws IOException;

  /** Saves the data of a step whose loss is no finite number, and the run from before it. */
  StoppedByLossException stopped(StepReport report, Object data) throws IOException;

  @Override
  void close() throws IOException;

  /** Writes nothing. */
  record Silent() implements RunRecorder {
    @Override
    public void step(StepReport report) {}

    @Override
    public void measured(Measurement measurement) {}

    @Override
    public void save(long step) {}

    @Override
    public void draw() {}

    @Override
    public void finish() {}

    @Override
    public StoppedByLossException stopped(StepReport report, Object data) {
      return new StoppedByLossException(report.step());
    }

    @Override
    public void close() {}
  }
}
