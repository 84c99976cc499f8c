package dev.splitreason.evaluation.run;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.LineWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * The folder of a run: {@code run.json} says what it does, {@code samples.jsonl} is what came of
 * it.
 *
 * @param description what it does
 * @param samples what came of it so far
 */
public record RunFolder(RunDescription description, List<Sample> samples) {

  private static final String DESCRIPTION = "run.json";
  private static final String SAMPLES = "samples.jsonl";

  public RunFolder {
    samples = List.copyOf(samples);
  }

  /**
   * Begins a run in a folder, or goes on with the one that is there.
   *
   * @throws UserMistake with a one-line message, if the one that is there is another
   * @throws IOException if the folder cannot be used, or is in use
   */
  public static SampleLog begin(Path folder, RunDescription run) throws IOException {
    OutputFile.makeFolder(folder);
    SampleLog log = SampleLog.open(folder.resolve(SAMPLES));
    try {
      Path description = folder.resolve(DESCRIPTION);
      RunDescription described = run;
      if (Files.exists(description)) {
        try {
          described = run.after(describe(description));
        } catch (UserMistake e) {
          throw new UserMistake(
              "cannot go on in the folder '" + folder + "': " + e.getMessage(), e);
        }
      }
      try (LineWriter writer = LineWriter.open(description)) {
        writer.write(described);
        writer.complete();
      }
      return log;
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /**
   * Reads a run that may still be going on.
   *
   * @throws UserMistake with a one-line message, if the folder holds no run
   * @throws IOException if it cannot be read
   */
  public static RunFolder read(Path folder) throws IOException {
    Path description = folder.resolve(DESCRIPTION);
    Path samples = folder.resolve(SAMPLES);
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    if (!Files.isRegularFile(description) || !Files.isRegularFile(samples)) {
      throw new UserMistake(
          "'" + folder + "' is no folder of a run",
          "make one with splitreason eval --output " + folder);
    }
    return new RunFolder(describe(description), SampleLog.read(samples));
  }

  private static RunDescription describe(Path file) throws IOException {
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), RunDescription.class);
    } catch (JacksonException e) {
      throw new UserMistake("'" + file + "' does not describe a run: " + Json.complaint(e), e);
    }
  }
}
