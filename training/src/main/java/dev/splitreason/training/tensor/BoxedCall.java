package dev.splitreason.training.tensor;

import java.util.List;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;

/**
 * A call of a libtorch operator by its name. Operators whose names begin with an underscore, the
 * fused kernels among them, have no Java method.
 */
public final class BoxedCall {

  static {
    Libtorch.load();
  }

  private final OperatorHandle operator;
  private final IValueVector stack = new IValueVector();

  private BoxedCall(OperatorHandle operator) {
    this.operator = operator;
  }

  /**
   * Begins a call.
   *
   * @param name as {@code aten::_foreach_norm}
   * @param overload as {@code Scalar}, or empty
   */
  public static BoxedCall of(String name, String overload) {
    return new BoxedCall(Dispatcher.singleton().findSchemaOrThrow(name, overload));
  }

  /** An argument that is a list of tensors. */
  public BoxedCall tensors(List<Tensor> tensors) {
    var list = new GenericList(new org.bytedeco.pytorch.Type.TypePtr(TensorType.get()));
    list.reserve(tensors.size());
    for (Tensor tensor : tensors) {
      list.push_back(new IValue(tensor));
    }
    return push(new IValue(list));
  }

  /** An argument that is a tensor. */
  public BoxedCall tensor(Tensor tensor) {
    return push(new IValue(tensor));
  }

  /** An argument that is a number. */
  public BoxedCall number(double number) {
    return push(new IValue(number));
  }

  /** An argument that is true or false. */
  public BoxedCall flag(boolean flag) {
    return push(new IValue(flag));
  }

  /** An argument that is absent. */
  public BoxedCall none() {
    return push(new IValue());
  }

  /** Makes the call; the results are left. */
  public IValueVector call() {
    operator.callBoxed(stack);
    return stack;
  }

  private BoxedCall push(IValue value) {
    stack.push_back(value);
    return this;
  }
}
