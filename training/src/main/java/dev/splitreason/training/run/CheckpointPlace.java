package dev.splitreason.training.run;

import dev.splitreason.pairs.hub.Hub;
import dev.splitreason.pairs.hub.HubName;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.GgufImport;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A checkpoint that a configuration names: a folder in Hugging Face's layout, a GGUF file, or a
 * name of the hub that begins with {@code hf:}. With a choice after the name that is a GGUF file,
 * else a folder.
 */
public final class CheckpointPlace {

  private CheckpointPlace() {}

  /**
   * The folder or file on disk; what is on the hub only is fetched.
   *
   * @throws dev.splitreason.pairs.hub.HubException if it cannot be had
   * @throws dev.splitreason.core.error.UserMistake if it is no name on the hub
   */
  public static Path fetched(String location) {
    if (!HubName.isMeant(location)) {
      return Path.of(location);
    }
    HubName name = HubName.parse(location);
    return name.choice() == null ? Hub.ofUser().folder(name) : Hub.ofUser().gguf(name);
  }

  /**
   * The folder or file as far as it is on disk; nothing is fetched. A name of the hub that is not
   * there becomes its last part, by which its shape may be known.
   */
  public static Path known(String location) {
    if (!HubName.isMeant(location)) {
      return Path.of(location);
    }
    HubName name = HubName.parse(location);
    Path kept = Hub.ofUser().onDisk(name);
    return Objects.requireNonNullElseGet(kept, () -> Path.of(name.repository()).getFileName());
  }

  /**
   * Reads it.
   *
   * @throws dev.splitreason.core.model.ModelFileException if it is damaged, or no such model
   * @throws dev.splitreason.pairs.hub.HubException if it cannot be had
   */
  public static Checkpoint read(String location) {
    Path path = fetched(location);
    return Files.isRegularFile(path) ? GgufImport.read(path) : HuggingFaceFolder.read(path);
  }
}
