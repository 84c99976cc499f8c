package dev.splitreason.training.run;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.files.settings.ConfigFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a training run: {@code config.yaml} as resolved, {@code data.json} about the files
 * that are learned from, {@code metrics.jsonl}, {@code samples.jsonl}, {@code curves.png}, {@code
 * checkpoints/}, and at the end {@code model/}, {@code model.gguf} and, where one was trained,
 * {@code adapter/}.
 *
 * @param path where it is
 */
public record TrainingFolder(Path path) {

  /**
   * Begins a run.
   *
   * @throws UserMistake if a run is there already
   * @throws IOException if the folder cannot be used
   */
  public static TrainingFolder begin(Path path, Record config) throws IOException {
    TrainingFolder folder = new TrainingFolder(path);
    if (Files.exists(folder.config())) {
      throw new UserMistake(
          "'" + path + "' has a run already", "go on with --resume, or name another --output");
    }
    OutputFile.makeFolder(path);
    Files.writeString(folder.config(), ConfigFile.write(config));
    return folder;
  }

  /**
   * Takes {@link #begin} back where the run ended before it logged anything (its model or data
   * could not be read, say), so that it can be begun again with the same folder.
   */
  public void abandonUnlessLogged() throws IOException {
    if (Files.exists(metrics())) {
      return;
    }
    Files.deleteIfExists(config());
    Files.deleteIfExists(data());
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      return; // it holds something else, which is not this run's
    }
  }

  /**
   * The folder of a run that goes on.
   *
   * @throws UserMistake if there is none
   */
  public static TrainingFolder resume(Path path) {
    TrainingFolder folder = new TrainingFolder(path);
    if (!Files.isRegularFile(folder.config())) {
      throw new UserMistake("'" + path + "' has no run to resume", "begin one without --resume");
    }
    return folder;
  }

  /** The configuration as resolved. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /**
   * Records the files that the run learns from; of one that goes on, holds them against those that
   * it began with.
   *
   * @param named as the configuration names them
   * @param files that these are, in their order
   * @throws DataChangedException if they changed
   */
  public void requireSameData(List<String> named, List<Path> files) throws IOException {
    DataFiles now = DataFiles.of(named, files);
    DataFiles before = DataFiles.read(data());
    String change = before == null ? null : before.changeTo(now);
    if (change != null) {
      throw new DataChangedException(path, change);
    }
    now.write(data());
  }

  private Path data() {
    return path.resolve("data.json");
  }

  /** The trained model: a Hugging Face folder. */
  public Path model() {
    return path.resolve("model");
  }

  /** The trained adapter: a folder as PEFT has it. */
  public Path adapter() {
    return path.resolve("adapter");
  }

  /** The trained adapter for llama.cpp. */
  public Path adapterGguf() {
    return path.resolve("adapter.gguf");
  }

  /** The trained model for llama.cpp. */
  public Path gguf() {
    return path.resolve("model.gguf");
  }

  /** The newest checkpoint, or null. */
  public @Nullable Path newestCheckpoint() throws IOException {
    return checkpoints(1).newest();
  }

  /** Its checkpoints, of which the newest stay. */
  public Checkpoints checkpoints(int keep) {
    return new Checkpoints(path.resolve("checkpoints"), keep);
  }

  /** The log of steps. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** Some of the model's answers. */
  public Path samples() {
    return path.resolve("samples.jsonl");
  }

  /** The picture of the run. */
  public Path curves() {
    return path.resolve("curves.png");
  }

  Path badBatch(long step) {
    return path.resolve("not-finite-step-%07d.json".formatted(step));
  }
}
