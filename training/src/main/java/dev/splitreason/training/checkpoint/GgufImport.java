package dev.splitreason.training.checkpoint;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.training.model.Qwen2;
import dev.splitreason.training.model.Qwen2Config;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Reads Qwen2 models from GGUF files, to train them on. Quantised weights become F32. */
public final class GgufImport {

  private GgufImport() {}

  /**
   * Reads a model with its tokenizer.
   *
   * @throws ModelFileException if the file is damaged, stored in a type that cannot be read, or no
   *     Qwen2 model
   */
  public static Checkpoint read(Path file) {
    GgufFile gguf = GgufFile.read(file);
    Qwen2Config config = config(gguf);
    return new Checkpoint(
        Qwen2.of(config, (name, shape) -> weights(gguf, GgufNames.of(name), shape)),
        GgufTokenizer.read(gguf));
  }

  /**
   * Reads a model's shape; its weights stay where they are.
   *
   * @throws ModelFileException if the file is damaged, or it is no Qwen2 model
   */
  public static Qwen2Config readConfig(Path file) {
    return config(GgufFile.read(file));
  }

  private static Qwen2Config config(GgufFile gguf) {
    String architecture = gguf.text("general.architecture");
    if (!"qwen2".equals(architecture)) {
      throw new ModelFileException(
          gguf.path(), "architecture is '" + architecture + "'; only 'qwen2' can be trained");
    }
    List<String> tokens = gguf.texts("tokenizer.ggml.tokens");
    int width = whole(gguf, GgufNames.WIDTH);
    int heads = whole(gguf, GgufNames.HEADS);
    Long headSize = gguf.whole(GgufNames.HEAD_SIZE);
    try {
      return new Qwen2Config(
          tokens == null ? 0 : tokens.size(),
          width,
          whole(gguf, GgufNames.LAYERS),
          heads,
          whole(gguf, GgufNames.KEY_VALUE_HEADS),
          headSize == null ? width / Math.max(1, heads) : Math.toIntExact(headSize),
          whole(gguf, GgufNames.FEED_FORWARD),
          // A FLOAT32's shortest decimals are what was meant: 1e-6, not 9.999999974752427e-7.
          Double.parseDouble(Float.toString((float) real(gguf, GgufNames.NORM_EPSILON, 1e-6))),
          real(gguf, GgufNames.ROPE_BASE, 10_000),
          whole(gguf, GgufNames.CONTEXT),
          gguf.tensor(GgufNames.OUTPUT) == null);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new ModelFileException(gguf.path(), String.valueOf(e.getMessage()), e);
    }
  }

  private static int whole(GgufFile gguf, String key) {
    Long value = gguf.whole(key);
    if (value == null) {
      throw new ModelFileException(gguf.path(), "no whole number '" + key + "'");
    }
    return Math.toIntExact(value);
  }

  private static double real(GgufFile gguf, String key, double absent) {
    return gguf.metadata().get(key) instanceof GgufValue.Real(var _, double value) ? value : absent;
  }

  private static Tensor weights(GgufFile gguf, String name, List<Long> shape) {
    @Nullable GgufTensor tensor = gguf.tensor(name);
    if (tensor == null || !tensor.shape().equals(shape.reversed())) {
      throw new ModelFileException(
          gguf.path(),
          "tensor '%s' %s, %s is needed"
              .formatted(
                  name,
                  tensor == null ? "is missing" : "has the shape " + tensor.shape(),
                  shape.reversed()));
    }
    return torch
        .tensor(gguf.floats(tensor))
        .view(shape.stream().mapToLong(Long::longValue).toArray());
  }
}
