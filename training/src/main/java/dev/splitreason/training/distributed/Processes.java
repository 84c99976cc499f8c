package dev.splitreason.training.distributed;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The processes that train a model together, seen from one of them. */
public interface Processes extends AutoCloseable {

  /** This process's number, from 0 on. */
  int rank();

  /** How many there are. */
  int count();

  /** Replaces each tensor by its sum over all processes; all call it with tensors of one shape. */
  void sum(List<Tensor> tensors);

  /** The sums of numbers over all processes; all call it with as many. */
  double[] sum(double... numbers);

  @Override
  void close();

  /** Whether this process writes files and tells the user: one of them does. */
  default boolean isFirst() {
    return rank() == 0;
  }

  /** One process alone. */
  static Processes alone() {
    return new Processes() {
      @Override
      public int rank() {
        return 0;
      }

      @Override
      public int count() {
        return 1;
      }

      @Override
      public void sum(List<Tensor> tensors) {}

      @Override
      public double[] sum(double... numbers) {
        return numbers;
      }

      @Override
      public void close() {}
    };
  }
}
