package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufParts;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufValueType;
import dev.splitreason.core.model.ModelFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses LoRA adapters that are none, are another model's, or would change less than they say:
 * llama_adapter_lora_init reads keys without looking at their types, leaves norms out without a
 * word, and graphs assert the shapes of what it let in.
 *
 * <p>An adapter has for a matrix NAME of the model, in ggml's order of extents, {@code NAME.lora_a}
 * [inputs, rank] and {@code NAME.lora_b} [rank, outputs]; for the embeddings [rank, tokens] and
 * [rank, width].
 */
public final class AdapterCheck {

  private static final String DOWN = ".lora_a";
  private static final String UP = ".lora_b";
  private static final String EMBEDDINGS = "token_embd.weight";
  private static final String OUTPUT = "output.weight";

  private final GgufFile adapter;
  private final GgufFile base;
  private final Map<String, GgufTensor> matrices = new HashMap<>();
  private final Map<String, GgufTensor> own = new HashMap<>();

  private AdapterCheck(GgufFile adapter, GgufFile base) {
    this.adapter = adapter;
    this.base = base;
    Stream.concat(Stream.of(base), GgufParts.others(base).stream())
        .flatMap(part -> part.tensors().stream())
        .forEach(tensor -> matrices.put(tensor.name(), tensor));
    adapter.tensors().forEach(tensor -> own.put(tensor.name(), tensor));
  }

  /**
   * Checks an adapter against the model that it is to change.
   *
   * @throws ModelFileException with the reason
   */
  public static void requireFits(GgufFile adapter, GgufFile base) {
    AdapterCheck check = new AdapterCheck(adapter, base);
    check.kind();
    check.architecture();
    check.tensors();
  }

  private void kind() {
    if (!"adapter".equals(adapter.text("general.type"))
        || !"lora".equals(adapter.text("adapter.type"))) {
      throw wrong("is no LoRA adapter: its general.type and adapter.type are not adapter and lora");
    }
    GgufValue alpha = adapter.metadata().get("adapter.lora.alpha");
    if (alpha != null
        && !(alpha instanceof GgufValue.Real(GgufValueType type, double value)
            && type == GgufValueType.FLOAT32
            && Double.isFinite(value))) {
      throw wrong("cannot be used: adapter.lora.alpha is no number of type FLOAT32");
    }
    if (adapter.metadata().containsKey("adapter.alora.invocation_tokens")) {
      throw wrong("is an adapter that some tokens activate (aLoRA), which is not supported");
    }
  }

  private void architecture() {
    String wanted = base.text("general.architecture");
    String architecture = adapter.text("general.architecture");
    if (architecture == null || !architecture.equals(wanted)) {
      throw wrong(
          "is an adapter for models of architecture '%s'; %s is '%s'"
              .formatted(architecture, base.path(), wanted));
    }
  }

  private void tensors() {
    if (own.isEmpty()) {
      throw wrong("cannot be used: it has no tensors");
    }
    for (GgufTensor tensor : adapter.tensors()) {
      if (tensor.name().endsWith(DOWN)) {
        pair(tensor.name().substring(0, tensor.name().length() - DOWN.length()), tensor);
      } else if (!tensor.name().endsWith(UP)) {
        throw wrong(tensor, "is no part of a low-rank change, which is all that can be applied");
      } else if (!own.containsKey(tensor.name().replace(UP, DOWN))) {
        throw wrong(tensor, "has no " + DOWN + " beside it");
      }
    }
  }

  private void pair(String name, GgufTensor down) {
    GgufTensor up = own.get(name + UP);
    if (up == null) {
      throw wrong(down, "has no " + UP + " beside it");
    }
    requireNumbers(down);
    requireNumbers(up);
    GgufTensor matrix = matrices.get(name);
    if (matrix == null || matrix.shape().size() < 2) {
      throw wrong(down, "changes a matrix that " + base.path() + " does not have");
    }
    if (!name.equals(EMBEDDINGS)) {
      requireShape(down, replaced(matrix.shape(), null, down.shape().get(1)));
      requireShape(up, replaced(matrix.shape(), down.shape().get(1), null));
    } else if (matrices.containsKey(OUTPUT)) {
      requireShape(down, List.of(down.rowLength(), matrix.shape().get(1)));
      requireShape(up, List.of(down.rowLength(), matrix.shape().get(0)));
    } else {
      throw wrong(down, "changes embeddings that are the output too, which llama.cpp cannot");
    }
  }

  /** The extents of a matrix, the first or the second another one. */
  private static List<Long> replaced(
      List<Long> extents, @Nullable Long inputs, @Nullable Long outputs) {
    List<Long> changed = new ArrayList<>(extents);
    if (inputs != null) {
      changed.set(0, inputs);
    }
    if (outputs != null) {
      changed.set(1, outputs);
    }
    return changed;
  }

  private void requireNumbers(GgufTensor tensor) {
    if (tensor.shape().size() < 2 || tensor.elements() == 0) {
      throw wrong(tensor, "is no matrix: its extents are " + tensor.shape());
    }
    if (!TensorCheck.isWeights(tensor.type())) {
      throw wrong(tensor, "is stored as " + tensor.type() + ", which no weights are");
    }
  }

  private void requireShape(GgufTensor tensor, List<Long> shape) {
    if (!tensor.shape().equals(shape)) {
      throw wrong(tensor, "is " + tensor.shape() + "; for " + base.path() + " it must be " + shape);
    }
  }

  private ModelFileException wrong(GgufTensor tensor, String problem) {
    return wrong("cannot be used: tensor '" + tensor.name() + "' " + problem);
  }

  private ModelFileException wrong(String problem) {
    return new ModelFileException(adapter.path(), problem);
  }
}
