package dev.splitreason.training.run;

import dev.splitreason.core.file.Sha256;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.LineWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The files that a run learns from, as they were when it began. Which of their rows a step takes is
 * a function of all of them, so a run that went on with others would be none that could be had
 * again.
 *
 * @param named as the configuration names them
 * @param files that these were, in their order
 */
record DataFiles(List<String> named, List<DataFile> files) {

  DataFiles {
    named = List.copyOf(named);
    files = List.copyOf(files);
  }

  /**
   * A file.
   *
   * @param name without its folder
   * @param bytes its size
   * @param sha256 its digest
   */
  record DataFile(String name, long bytes, String sha256) {

    static DataFile of(Path file) throws IOException {
      String name = String.valueOf(file.getFileName());
      return new DataFile(name, Files.size(file), Sha256.hex(Files.newInputStream(file)));
    }
  }

  static DataFiles of(List<String> named, List<Path> files) throws IOException {
    List<DataFile> read = new ArrayList<>();
    for (Path file : files) {
      read.add(DataFile.of(file));
    }
    return new DataFiles(named, read);
  }

  /** Reads what {@link #write} wrote; null if it is not there, or damaged. */
  static @Nullable DataFiles read(Path record) throws IOException {
    try {
      return Files.exists(record)
          ? Json.MAPPER.readValue(Files.readAllBytes(record), DataFiles.class)
          : null;
    } catch (JacksonException e) {
      return null; // It is written anew.
    }
  }

  void write(Path record) throws IOException {
    try (LineWriter writer = LineWriter.open(record)) {
      writer.write(this);
      writer.complete();
    }
  }

  /**
   * What is different now, in words: null if nothing is, or if the configuration names other files,
   * which somebody means.
   */
  @Nullable String changeTo(DataFiles now) {
    if (!named.equals(now.named)) {
      return null;
    }
    for (int i = 0; i < Math.max(files.size(), now.files.size()); i++) {
      if (i >= now.files.size()) {
        return files.get(i).name + " is gone";
      }
      DataFile other = now.files.get(i);
      if (i >= files.size()) {
        return other.name + " is new";
      }
      DataFile own = files.get(i);
      if (!own.equals(other)) {
        return own.bytes == other.bytes
            ? other.name + " has another content"
            : "%s had %,d bytes and has %,d".formatted(other.name, own.bytes, other.bytes);
      }
    }
    return null;
  }
}
