package dev.splitreason.training.run;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.training.checkpoint.AdapterFolder;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.GgufAdapter;
import dev.splitreason.training.checkpoint.GgufExport;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.model.Adapter;
import dev.splitreason.training.model.Transformer;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The model of a run: a checkpoint whose weights learn, or one that stays as it is while an adapter
 * beside it learns.
 */
public final class Trainee implements AutoCloseable {

  private final Checkpoint checkpoint;
  private final @Nullable Adapter adapter;
  private final String base;

  private Trainee(Checkpoint checkpoint, @Nullable Adapter adapter, String base) {
    this.checkpoint = checkpoint;
    this.adapter = adapter;
    this.base = base;
    if (adapter != null) {
      checkpoint.model().attach(adapter);
    }
  }

  /** Reads what a run begins with. */
  @FunctionalInterface
  public interface Beginning {
    Checkpoint read();

    /**
     * Ids of tokens that are new to the model: an adapter learns their rows too.
     *
     * @param read what {@link #read} gave
     */
    default List<Integer> newTokens(Checkpoint read) {
      return List.of();
    }
  }

  /**
   * All weights learn: those of a run's newest checkpoint, or what it begins with.
   *
   * @param device they go to
   */
  public static Trainee whole(@Nullable Path resumed, Beginning beginning, Device device) {
    Checkpoint read = resumed == null ? beginning.read() : HuggingFaceFolder.read(resumed);
    return new Trainee(read.on(device), null, "");
  }

  /**
   * An adapter learns, where one is configured; else all weights.
   *
   * @param learned a folder with an adapter that goes on learning, or null for a fresh one
   * @param base names what the run begins with, for those who load the adapter
   * @param seed of a fresh adapter
   * @param device the model and the adapter go to
   */
  public static Trainee of(
      LoraConfig lora,
      @Nullable Path resumed,
      @Nullable Path learned,
      Beginning beginning,
      String base,
      long seed,
      Device device) {
    Adapter.Shape shape = lora.shape();
    if (shape == null) {
      return whole(resumed, beginning, device);
    }
    Checkpoint checkpoint = beginning.read().on(device);
    try {
      Transformer model = checkpoint.model();
      Path folder = resumed == null ? learned : resumed;
      try (Adapter adapter =
          folder == null
              ? Adapter.random(model, shape.withTokens(beginning.newTokens(checkpoint)), seed)
              : AdapterFolder.read(folder, model.shape())) {
        return new Trainee(checkpoint, adapter.on(model.shape(), device), base);
      }
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  /** The model, with its adapter at work. */
  public Transformer model() {
    return checkpoint.model();
  }

  /** The model with the files beside it. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** What an optimizer trains. */
  public SequencedMap<String, Tensor> parameters() {
    return model().trainable();
  }

  /** How many numbers learn. */
  long parameterCount() {
    return parameters().values().stream().mapToLong(Tensor::numel).sum();
  }

  /** Where they are, as libtorch names it: cpu or cuda:0. */
  String device() {
    return parameters().firstEntry().getValue().device().str().getString();
  }

  /** Writes what has been learned, to go on from: the adapter alone, or the whole model. */
  void write(Path folder) {
    if (adapter != null) {
      AdapterFolder.write(folder, adapter, base);
    } else {
      HuggingFaceFolder.write(folder, checkpoint);
    }
  }

  /** Writes what the run leaves; an adapter also becomes part of the weights, for good. */
  void finish(TrainingFolder folder, Gguf gguf) {
    GgufTensorType type = gguf.type();
    String name = String.valueOf(folder.path().toAbsolutePath().getFileName());
    if (adapter != null) {
      AdapterFolder.write(folder.adapter(), adapter, base);
      if (type != null && GgufAdapter.holds(adapter)) {
        // Q8_0 wants whole blocks of a rank, and saves little of so small a file.
        GgufTensorType stored = type == GgufTensorType.F32 ? type : GgufTensorType.F16;
        GgufAdapter.write(folder.adapterGguf(), adapter, model().shape(), stored, name);
      }
      model().merge();
    }
    HuggingFaceFolder.write(folder.model(), checkpoint);
    if (type != null) {
      GgufExport.write(folder.gguf(), checkpoint, type, name);
    }
  }

  @Override
  public void close() {
    checkpoint.close();
    if (adapter != null) {
      adapter.close();
    }
  }
}
