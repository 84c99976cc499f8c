package dev.splitreason.training.checkpoint;

import dev.splitreason.training.model.Transformer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Device;

/**
 * A model with the texts that lie beside its weights.
 *
 * @param files the texts by file name, such as {@code config.json}, {@code tokenizer.json} and
 *     {@code generation_config.json}; what is not understood here is passed on as it was
 */
public record Checkpoint(Transformer model, SequencedMap<String, String> files)
    implements AutoCloseable {

  public Checkpoint {
    files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
  }

  /** The same model with some files replaced or added. */
  public Checkpoint withFiles(Map<String, String> others) {
    SequencedMap<String, String> all = new LinkedHashMap<>(files);
    all.putAll(others);
    return new Checkpoint(model, all);
  }

  /**
   * The same with the model on a device; this one is closed. What is read from files is on the CPU,
   * and adapters and optimizers are made for where the parameters are: this comes between.
   */
  public Checkpoint on(Device device) {
    try {
      return new Checkpoint(model.on(device), files);
    } finally {
      close();
    }
  }

  /**
   * The tokenizer of {@code tokenizer.json}; the caller closes it.
   *
   * @throws IllegalStateException if there is no such file
   */
  public JsonTokenizer tokenizer() {
    return JsonTokenizer.of(files);
  }

  /** Frees the model. */
  @Override
  public void close() {
    model.close();
  }
}
