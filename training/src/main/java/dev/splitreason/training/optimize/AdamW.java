package dev.splitreason.training.optimize;

import dev.splitreason.core.error.UserMistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101) over named parameters. Matrices decay, vectors
 * (norms and biases) do not.
 *
 * <p>Used by one thread. The state is native memory until {@link #close}.
 */
public final class AdamW implements AutoCloseable {

  private static final String MEAN = "mean.";
  private static final String SQUARE = "square.";

  private final OptimizerConfig config;
  private final Group matrices = new Group();
  private final Group vectors = new Group();
  private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();
  private final Tensor count;
  private long steps;

  /** Parameters that decay alike, and what is remembered of each: parallel lists. */
  private static final class Group {
    final List<Tensor> parameters = new ArrayList<>();
    final List<Tensor> means = new ArrayList<>();
    final List<Tensor> squares = new ArrayList<>();
  }

  /**
   * An optimizer that has done no step.
   *
   * @param parameters by name; those that require no gradient stay as they are
   */
  public AdamW(SequencedMap<String, Tensor> parameters, OptimizerConfig config) {
    this.config = config;
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requires_grad()) {
            add(name, parameter, parameter.dim() > 1 ? matrices : vectors);
          }
        });
    count = FusedAdamW.count(trained().toList());
  }

  private void add(String name, Tensor parameter, Group group) {
    try (NoGradGuard _ = new NoGradGuard()) {
      Tensor mean = torch.zeros_like(parameter);
      Tensor square = torch.zeros_like(parameter);
      state.put(MEAN + name, mean);
      state.put(SQUARE + name, square);
      group.parameters.add(parameter);
      group.means.add(mean);
      group.squares.add(square);
    }
  }

  /**
   * Steps every parameter along its gradient and forgets the gradients.
   *
   * @param rate the learning rate of this step
   * @return the norm of all gradients together, before clipping; where it is not finite, nothing
   *     was stepped
   */
  public double step(double rate) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      double norm = GradientNorm.of(gradients());
      if (Double.isFinite(norm)) {
        steps++;
        count.fill_(new Scalar((double) steps));
        double clip = config.clip() > 0 ? Math.min(1, config.clip() / (norm + 1e-6)) : 1;
        step(matrices, config.weightDecay(), rate, clip);
        step(vectors, 0, rate, clip);
      }
      clearGradients();
      return norm;
    }
  }

  private void step(Group group, double decay, double rate, double clip) {
    if (group.parameters.isEmpty()) {
      return;
    }
    FusedAdamW.step(
        group.parameters,
        group.parameters.stream().map(Tensor::grad).toList(),
        group.means,
        group.squares,
        count,
        new FusedAdamW.Rule(rate, config.beta1(), config.beta2(), decay, config.epsilon(), clip));
  }

  /** Forgets all gradients. */
  public void clearGradients() {
    trained().forEach(parameter -> parameter.mutable_grad().reset());
  }

  /** The gradients, to be changed in place: one for each parameter, zero where it has none yet. */
  public List<Tensor> gradients() {
    return trained()
        .map(
            parameter -> {
              if (!parameter.grad().defined()) {
                parameter.mutable_grad().put(torch.zeros_like(parameter));
              }
              return parameter.grad();
            })
        .toList();
  }

  private Stream<Tensor> trained() {
    return Stream.concat(matrices.parameters.stream(), vectors.parameters.stream());
  }

  /** How many steps were done. */
  public long steps() {
    return steps;
  }

  /** The running means by name, to be saved; they change with every step. */
  public SequencedMap<String, Tensor> state() {
    return state;
  }

  /**
   * Continues from a saved state.
   *
   * @param saved what {@link #state} gave
   * @param steps how many had been done
   * @throws UserMistake if it is another model's
   */
  public void restore(Map<String, Tensor> saved, long steps) {
    try (NoGradGuard _ = new NoGradGuard()) {
      state.forEach(
          (name, tensor) -> {
            Tensor from = saved.get(name);
            if (from == null || from.numel() != tensor.numel()) {
              throw new UserMistake(
                  "the saved optimizer is another model's: it has no "
                      + name
                      + " of "
                      + tensor.numel()
                      + " numbers");
            }
            tensor.copy_(from.view_as(tensor));
          });
    }
    this.steps = steps;
  }

  @Override
  public void close() {
    state.values().forEach(Tensor::close);
    count.close();
  }
}
