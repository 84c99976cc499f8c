package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.model.ModelFileException;

/** How tensors lie in their file and what they are made of. */
final class TensorCheck {

  /** ggml-backend.cpp asserts that a mapped buffer begins so ({@code TENSOR_ALIGNMENT}). */
  private static final int ALIGNMENT = 32;

  private TensorCheck() {}

  static void check(GgufFile file) {
    for (GgufTensor tensor : file.tensors()) {
      if ((file.dataOffset() + tensor.offset()) % ALIGNMENT != 0) {
        throw wrong(
            file,
            tensor,
            "begins at byte %d, no multiple of %d (general.alignment is %d)"
                .formatted(file.dataOffset() + tensor.offset(), ALIGNMENT, file.alignment()));
      }
      if (tensor.elements() == 0) {
        throw wrong(file, tensor, "has no elements");
      }
      if (!fits(tensor)) {
        throw wrong(file, tensor, "is stored as " + tensor.type() + ", which its kind is never");
      }
    }
  }

  /** Norms, biases and factors are F32 in every file; matrices are weights of any precision. */
  private static boolean fits(GgufTensor tensor) {
    if (tensor.shape().size() <= 1 || tensor.name().endsWith(".bias")) {
      return tensor.type() == GgufTensorType.F32;
    }
    return isWeights(tensor.type());
  }

  /** Whether matrices may be stored so. */
  static boolean isWeights(GgufTensorType type) {
    return switch (type) {
      // Integers are no weights; the last two exist only as intermediate results.
      case I8, I16, I32, I64, F64, Q8_1, Q8_K -> false;
      default -> true;
    };
  }

  private static ModelFileException wrong(GgufFile file, GgufTensor tensor, String problem) {
    return new ModelFileException(
        file.path(), "cannot be used: tensor '" + tensor.name() + "' " + problem);
  }
}
