package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The tiny model's file, made anew with something else in it. */
final class Remade {

  private final GgufFile original;
  private final Map<String, GgufValue> metadata;
  private UnaryOperator<List<TensorSource>> tensors = all -> all;

  private Remade(GgufFile original) {
    this.original = original;
    this.metadata = new LinkedHashMap<>(original.metadata());
  }

  static Remade tiny() throws IOException {
    return new Remade(GgufFile.read(TinyModel.file()));
  }

  /** With a key of this value; null for without it. */
  Remade with(String key, @Nullable GgufValue value) {
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    return this;
  }

  /** With its tokens spelled otherwise. */
  Remade withTokens(UnaryOperator<List<String>> change) {
    List<String> tokens = Objects.requireNonNull(original.texts("tokenizer.ggml.tokens"));
    return with("tokenizer.ggml.tokens", new GgufValue.Texts(change.apply(tokens)));
  }

  /** With its numbers told of another architecture. */
  Remade ofArchitecture(String name) {
    Map<String, GgufValue> before = Map.copyOf(metadata);
    before.forEach(
        (key, value) -> {
          if (key.startsWith("qwen2.")) {
            metadata.remove(key);
            metadata.put(name + key.substring("qwen2".length()), value);
          }
        });
    return with("general.architecture", GgufValue.of(name));
  }

  /** With tensors whose name ends so stored in another type. */
  Remade storing(String ending, GgufTensorType type) {
    UnaryOperator<List<TensorSource>> before = tensors;
    tensors =
        all ->
            before.apply(all).stream()
                .map(
                    tensor ->
                        tensor.name().endsWith(ending)
                            ? new TensorSource(tensor.name(), tensor.shape(), type, tensor.rows())
                            : tensor)
                .toList();
    return this;
  }

  Path write(Path file) {
    List<TensorSource> all =
        original.tensors().stream()
            .map(
                tensor ->
                    TensorSource.of(
                        tensor.name(), tensor.shape(), tensor.type(), original.floats(tensor)))
            .toList();
    GgufWriter.write(file, metadata, tensors.apply(all));
    return file;
  }
}
