package dev.splitreason.training.checkpoint;

import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.training.tensor.TensorMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The weights of a folder: {@code model.safetensors}, or the files that {@code
 * model.safetensors.index.json} names.
 */
final class StoredWeights implements AutoCloseable {

  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final List<SafetensorsFile> files;
  private final SequencedMap<String, SafetensorsFile> fileOf = new LinkedHashMap<>();

  private StoredWeights(Path folder, List<SafetensorsFile> files) {
    this.folder = folder;
    this.files = files;
    for (SafetensorsFile file : files) {
      for (String name : file.tensors().keySet()) {
        SafetensorsFile other = fileOf.put(name, file);
        if (other != null) {
          throw new ModelFileException(
              file.path(), "tensor '" + name + "' is in " + other.path().getFileName() + " too");
        }
      }
    }
  }

  static StoredWeights open(Path folder) {
    List<SafetensorsFile> files = new ArrayList<>();
    try {
      for (String name : fileNames(folder)) {
        files.add(SafetensorsFile.open(folder.resolve(name)));
      }
      return new StoredWeights(folder, files);
    } catch (RuntimeException e) {
      files.forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private static Set<String> fileNames(Path folder) {
    Path index = folder.resolve(INDEX);
    if (Files.exists(folder.resolve(SINGLE)) || !Files.exists(index)) {
      return Set.of(SINGLE);
    }
    try {
      JsonNode map = JSON.readTree(Files.readString(index)).path("weight_map");
      SequencedMap<String, Boolean> names = new LinkedHashMap<>();
      for (JsonNode value : map) {
        String name = value.stringValue("");
        if (!name.endsWith(".safetensors") || name.contains("/") || name.contains("\\")) {
          throw new ModelFileException(
              index, "weight_map names " + value + ", not a safetensors file of this folder");
        }
        names.put(name, true);
      }
      if (names.isEmpty()) {
        throw new ModelFileException(index, "weight_map names no file");
      }
      return names.sequencedKeySet();
    } catch (JacksonException e) {
      throw new ModelFileException(index, "no valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw ModelFileException.of(index, "cannot be read", e);
    }
  }

  /** Those of a single file. */
  static StoredWeights of(Path file) {
    SafetensorsFile opened = SafetensorsFile.open(file);
    return new StoredWeights(file, List.of(opened));
  }

  /** The number of tensors. */
  int count() {
    return fileOf.size();
  }

  /**
   * Refuses other tensors: they would be dropped in silence, and the model be another.
   *
   * @param needless what may be there but is not read
   */
  void requireOnly(Set<String> known, Set<String> needless) {
    for (Map.Entry<String, SafetensorsFile> tensor : fileOf.entrySet()) {
      String name = tensor.getKey();
      boolean computed = name.endsWith(".rotary_emb.inv_freq");
      if (!known.contains(name) && !needless.contains(name) && !computed) {
        throw new ModelFileException(
            tensor.getValue().path(),
            "tensor '" + name + "' is no part of what the config beside it tells");
      }
    }
  }

  /** A tensor in F32. */
  Tensor read(String name, List<Long> shape) {
    SafetensorsFile file = fileOf.get(name);
    if (file == null) {
      throw new ModelFileException(folder, "tensor '" + name + "' is missing");
    }
    SafetensorsFile.Entry entry = Objects.requireNonNull(file.tensors().get(name));
    if (!shape.equals(Arrays.stream(entry.shape()).boxed().toList())) {
      throw new ModelFileException(
          file.path(),
          "tensor '%s' has the shape %s, the config asks for %s"
              .formatted(name, Arrays.toString(entry.shape()), shape));
    }
    Tensor tensor =
        torch.empty(
            entry.shape(), new TensorOptions(entry.type().scalar()), new MemoryFormatOptional());
    TensorMemory.of(tensor).copyFrom(file.bytes(entry));
    return tensor.to(ScalarType.Float);
  }

  static void write(
      Path folder, SequencedMap<String, Tensor> tensors, SafetensorsType type, long shardBytes)
      throws IOException {
    List<SequencedMap<String, Tensor>> shards = shards(tensors, type, shardBytes);
    if (shards.size() == 1) {
      SafetensorsWriter.write(folder.resolve(SINGLE), tensors, type, Map.of());
      Files.deleteIfExists(folder.resolve(INDEX));
      return;
    }
    ObjectNode index = JSON.createObjectNode();
    long bytes = 0;
    ObjectNode map = JSON.createObjectNode();
    for (int i = 0; i < shards.size(); i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      SafetensorsWriter.write(folder.resolve(name), shards.get(i), type, Map.of());
      for (Map.Entry<String, Tensor> tensor : shards.get(i).entrySet()) {
        map.put(tensor.getKey(), name);
        bytes += tensor.getValue().numel() * type.bytes();
      }
    }
    index.putObject("metadata").put("total_size", bytes);
    index.set("weight_map", map);
    Files.writeString(
        folder.resolve(INDEX),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(index) + "\n");
    Files.deleteIfExists(folder.resolve(SINGLE));
  }

  private static List<SequencedMap<String, Tensor>> shards(
      SequencedMap<String, Tensor> tensors, SafetensorsType type, long shardBytes) {
    List<SequencedMap<String, Tensor>> shards = new ArrayList<>();
    long filled = Long.MAX_VALUE;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long bytes = tensor.getValue().numel() * type.bytes();
      if (filled > shardBytes - bytes) {
        shards.add(new LinkedHashMap<>());
        filled = 0;
      }
      shards.getLast().put(tensor.getKey(), tensor.getValue());
      filled += bytes;
    }
    return shards;
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }
}
