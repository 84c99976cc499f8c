package dev.splitreason.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.optimize.RateSchedule.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamWTest {

  private static final double RATE = 0.01;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void aMatrixStepsByTheFormulaAndDecays() {
    Tensor matrix = parameter(2.0f, 1, 1);
    var expected = new Formula(2.0, 0.1);
    try (var optimizer = new AdamW(named("w", matrix), config(0.1, 0))) {
      for (int step = 0; step < 5; step++) {
        optimize(optimizer, matrix);
        assertThat((double) value(matrix)).isCloseTo(expected.step(), within(1e-5));
      }
    }
  }

  @Test
  void aVectorDoesNotDecay() {
    Tensor vector = parameter(2.0f, 1);
    var expected = new Formula(2.0, 0);
    try (var optimizer = new AdamW(named("norm", vector), config(0.1, 0))) {
      optimize(optimizer, vector);
      assertThat((double) value(vector)).isCloseTo(expected.step(), within(1e-6));
    }
  }

  @Test
  void theNormIsThatOfAllGradientsAndClippingShortensThem() {
    Tensor a = parameter(1, 1);
    Tensor b = parameter(1, 1);
    SequencedMap<String, Tensor> both = named("a", a);
    both.put("b", b);
    try (var optimizer = new AdamW(both, config(0, 1.0))) {
      a.mul(new Scalar(3.0)).add(b.mul(new Scalar(4.0))).sum().backward();
      assertThat(optimizer.step(RATE)).isCloseTo(5.0, within(1e-5));
      // The first mean is (1 - beta1) of the clipped gradient 3/5.
      Tensor mean = optimizer.state().firstEntry().getValue();
      assertThat((double) value(mean)).isCloseTo(0.06, within(1e-6));
    }
  }

  @Test
  void gradientsAreForgottenAfterAStep() {
    Tensor matrix = parameter(2.0f, 1, 1);
    try (var optimizer = new AdamW(named("w", matrix), config(0, 0))) {
      optimize(optimizer, matrix);
      assertThat(matrix.grad().defined()).isFalse();
    }
  }

  @Test
  void aGradientThatIsNoNumberStepsNothing() {
    Tensor matrix = parameter(2.0f, 1, 1);
    try (var optimizer = new AdamW(named("w", matrix), config(0, 0))) {
      matrix.mul(new Scalar(Double.NaN)).sum().backward();
      assertThat(optimizer.step(RATE)).isNaN();
      assertThat(value(matrix)).isEqualTo(2.0f);
      assertThat(optimizer.steps()).isZero();
    }
  }

  @Test
  void aRestoredOptimizerGoesOnAsTheOldOneWould() {
    Tensor one = parameter(2.0f, 1, 1);
    Tensor other = parameter(2.0f, 1, 1);
    try (var first = new AdamW(named("w", one), config(0.1, 0));
        var second = new AdamW(named("w", other), config(0.1, 0))) {
      optimize(first, one);
      other.set_data(one.detach().clone());
      second.restore(first.state(), first.steps());
      optimize(first, one);
      optimize(second, other);
      assertThat(value(other)).isEqualTo(value(one));
    }
  }

  /** The meta device stands for any other: there are shapes on it, and no numbers. */
  @Test
  void itsStateIsWhereTheParametersAreAlsoOnceRestored() {
    Tensor elsewhere =
        parameter(1, 2, 2).detach().to(new Device(DeviceType.Meta), ScalarType.Float);
    elsewhere.requires_grad_(true);
    try (var saved = new AdamW(named("w", parameter(1, 2, 2)), config(0, 0));
        var optimizer = new AdamW(named("w", elsewhere), config(0, 0))) {
      optimizer.restore(saved.state(), 3);

      assertThat(optimizer.state().values()).hasSize(2).allMatch(Tensor::is_meta);
      assertThat(FusedAdamW.count(List.of(elsewhere)).is_meta()).isTrue();
      assertThat(FusedAdamW.count(List.of()).is_cpu()).isTrue();
    }
  }

  @Test
  void theStateOfAnotherModelIsRefused() {
    try (var saved = new AdamW(named("w", parameter(1, 2, 2)), config(0, 0));
        var optimizer = new AdamW(named("w", parameter(1, 1, 1)), config(0, 0))) {
      assertThatThrownBy(() -> optimizer.restore(saved.state(), 1))
          .hasMessage("the saved optimizer is another model's: it has no mean.w of 1 numbers");
    }
  }

  /** The gradient of x² is 2x. */
  private static void optimize(AdamW optimizer, Tensor parameter) {
    parameter.mul(parameter).sum().backward();
    optimizer.step(RATE);
  }

  private static Tensor parameter(float value, long... shape) {
    return torch.full(shape, new Scalar(value)).requires_grad_(true);
  }

  private static SequencedMap<String, Tensor> named(String name, Tensor parameter) {
    SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put(name, parameter);
    return parameters;
  }

  private static float value(Tensor tensor) {
    return tensor.item_float();
  }

  private static OptimizerConfig config(double decay, double clip) {
    return new OptimizerConfig(RATE, 0, Shape.CONSTANT, 0, 1, 0.9, 0.98, 1e-8, decay, clip);
  }

  /** Algorithm 2 of arXiv 1711.05101 on x², in doubles. */
  private static final class Formula {
    private double x;
    private final double decay;
    private double mean;
    private double square;
    private int count;

    Formula(double x, double decay) {
      this.x = x;
      this.decay = decay;
    }

    double step() {
      double gradient = 2 * x;
      count++;
      mean = 0.9 * mean + 0.1 * gradient;
      square = 0.98 * square + 0.02 * gradient * gradient;
      double m = mean / (1 - Math.pow(0.9, count));
      double v = square / (1 - Math.pow(0.98, count));
      x = x - RATE * decay * x - RATE * m / (Math.sqrt(v) + 1e-8);
      return x;
    }
  }
}
