package dev.splitreason.training.run;

import java.nio.file.Path;

/** A loss or gradient is no finite number. The model is as it was before that step. */
public final class StoppedByLossException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoppedByLossException(long step) {
    super("the loss of step " + step + " is not a finite number: the first process tells more");
  }

  StoppedByLossException(long step, Path batch, Path checkpoint) {
    super(
        "the loss of step "
            + step
            + " is not a finite number: its data is in "
            + batch
            + ", the model from before it in "
            + checkpoint
            + "; try a lower optimizer.rate, or a longer optimizer.warm-up");
  }
}
