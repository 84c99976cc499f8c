package dev.splitreason.training.run;

import dev.splitreason.core.file.FileTree;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.training.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The checkpoints of a run, each a folder that appears when it is complete. A failure while one is
 * written, a full disk included, leaves the earlier ones as they are.
 */
public final class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Pattern NAME = Pattern.compile("step-(\\d+)");
  private static final String PARTIAL = ".partial-";

  private final Path folder;
  private final int keep;

  /** Writes the content of a checkpoint. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path folder) throws IOException;
  }

  /**
   * The checkpoints in a folder, which is made when it is needed.
   *
   * @param keep how many of the newest stay
   */
  public Checkpoints(Path folder, int keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /**
   * Adds one, and removes damaged ones and the oldest beyond those to keep. One of the same step
   * stays as it is: there is no moment without it.
   *
   * @return where it is
   * @throws IOException if it cannot be written; all earlier ones are still there
   */
  public Path write(long step, Content content) throws IOException {
    Files.createDirectories(folder);
    for (Path damaged : damaged()) {
      FileTree.delete(damaged);
    }
    Path target = folder.resolve("step-%07d".formatted(step));
    if (Files.exists(target)) {
      return target;
    }
    Path partial = folder.resolve(PARTIAL + target.getFileName());
    FileTree.delete(partial);
    try {
      Files.createDirectory(partial);
      content.writeTo(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      FileTree.delete(partial);
      throw e;
    }
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
      FileTree.delete(old);
    }
    return target;
  }

  /** The newest that can be read, or null if there is none. */
  public @Nullable Path newest() throws IOException {
    for (Path checkpoint : all().reversed()) {
      if (isWhole(checkpoint)) {
        return checkpoint;
      }
    }
    return null;
  }

  /** Those of which a file was truncated or damaged, the oldest first. */
  List<Path> damaged() throws IOException {
    List<Path> damaged = new ArrayList<>();
    for (Path checkpoint : all()) {
      if (!isWhole(checkpoint)) {
        damaged.add(checkpoint);
      }
    }
    return damaged;
  }

  private static boolean isWhole(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint)) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(".safetensors")) {
          SafetensorsFile.open(file).close();
        } else if (file.toString().endsWith(".json")) {
          Json.MAPPER.readTree(Files.readAllBytes(file));
        }
      }
      TrainingState.requireReadable(checkpoint);
      return true;
    } catch (ModelFileException | JacksonException | NoSuchFileException e) {
      LOG.debug("a checkpoint is damaged", e);
      return false;
    }
  }

  /** All that are complete, the oldest first. */
  List<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
          .sorted(Comparator.comparing(Path::getFileName))
          .toList();
    }
  }
}
