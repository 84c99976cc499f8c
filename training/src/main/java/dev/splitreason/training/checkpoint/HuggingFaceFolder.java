package dev.splitreason.training.checkpoint;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.model.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder as the Hugging Face hub has it: {@code config.json}, weights in one or more safetensors
 * files, {@code tokenizer.json} and other texts. What is written loads in transformers and vLLM.
 */
public final class HuggingFaceFolder {

  /** Larger weights are split into several files, as the hub asks for. */
  public static final long SHARD_BYTES = 5_000_000_000L;

  static final String CONFIG = "config.json";

  /** The texts that are passed on; weights in other formats and pictures are not. */
  private static final List<String> TEXTS =
      List.of(
          CONFIG,
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.jinja",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt");

  private HuggingFaceFolder() {}

  /**
   * Reads a model in F32, whatever it is stored in.
   *
   * @throws ModelFileException if a file is missing or damaged, or the model is of no known family
   */
  public static Checkpoint read(Path folder) {
    SequencedMap<String, String> files = readTexts(folder);
    ModelShape shape = readShape(folder, files.get(CONFIG));
    try (StoredWeights weights = StoredWeights.open(folder)) {
      if (shape.layers() > weights.count()) {
        throw new ModelFileException(
            folder.resolve(CONFIG),
            "num_hidden_layers is %d, but there are only %d tensors"
                .formatted(shape.layers(), weights.count()));
      }
      weights.requireOnly(
          shape.extents().keySet(), shape.tiedEmbeddings() ? Set.of(ModelShape.OUTPUT) : Set.of());
      return new Checkpoint(Transformer.of(shape, weights::read), files);
    }
  }

  /**
   * Reads a model's shape; its weights need not be there.
   *
   * @throws ModelFileException if {@code config.json} is missing or damaged, or the model is of no
   *     known family
   */
  public static ModelShape readShape(Path folder) {
    return readShape(folder, readTexts(folder).get(CONFIG));
  }

  private static ModelShape readShape(Path folder, @Nullable String json) {
    if (!Files.exists(folder)) {
      throw new ModelFileException(folder, "no such file or folder");
    }
    if (json == null) {
      throw new ModelFileException(
          folder, "no config.json: give the folder of a Hugging Face checkpoint");
    }
    try {
      return ModelJson.read(json);
    } catch (UserMistake e) {
      throw new ModelFileException(folder.resolve(CONFIG), e.getMessage(), e);
    }
  }

  /** The texts that are there beside the weights, by file name; none if there is no folder. */
  public static SequencedMap<String, String> readTexts(Path folder) {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    for (String name : TEXTS) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        try {
          files.put(name, Files.readString(file));
        } catch (IOException e) {
          throw ModelFileException.of(file, "cannot be read", e);
        }
      }
    }
    return files;
  }

  /** Writes a checkpoint in F32, over what is in the folder. */
  public static void write(Path folder, Checkpoint checkpoint) {
    write(folder, checkpoint, SafetensorsType.F32, SHARD_BYTES);
  }

  /**
   * Writes a checkpoint, over what is in the folder.
   *
   * @param shardBytes the size above which the weights are split
   * @throws ModelFileException if a file cannot be written
   */
  public static void write(
      Path folder, Checkpoint checkpoint, SafetensorsType type, long shardBytes) {
    try {
      Files.createDirectories(folder);
      StoredWeights.write(folder, checkpoint.model().parameters(), type, shardBytes);
      SequencedMap<String, String> files = new LinkedHashMap<>(checkpoint.files());
      files.put(CONFIG, ModelJson.write(checkpoint.model().shape(), type, files.get(CONFIG)));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw ModelFileException.of(folder, "cannot be written", e);
    }
  }
}
