package dev.splitreason.cli.adapt;

import dev.splitreason.core.file.FileTree;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.LineWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Which stages are done: {@code stages/NAME.json} is there once a stage's output is whole, and
 * tells what it was made of. A stage whose inputs or settings are others now is done again, and so
 * are those that follow, if what it makes is other then. {@code stages/NAME.begun.json} tells what
 * the unfinished output in the stage's folder is being made of: only of the same it goes on.
 */
final class StageLog {

  private final Path folder;
  private final List<String> names;
  private final PrintWriter stderr;
  private final Map<Path, Content> digests = new LinkedHashMap<>();

  /**
   * A log.
   *
   * @param folder of the whole adaptation
   * @param names of all stages, in order
   */
  StageLog(Path folder, List<String> names, PrintWriter stderr) {
    this.folder = folder;
    this.names = List.copyOf(names);
    this.stderr = stderr;
  }

  /** What a stage does; it goes on with what an earlier run left in its folder. */
  @FunctionalInterface
  interface Work {

    /**
     * Does it.
     *
     * @param own the stage's folder
     */
    void in(Path own) throws IOException, InterruptedException;
  }

  /** The folder of a stage. */
  Path folder(String name) {
    return folder.resolve(name);
  }

  /**
   * What stands in {@code stages/NAME.json}.
   *
   * @param settings all that decides the output beside the inputs
   * @param inputs what it was made of
   * @param outputs what it made
   * @param seconds that it took, of the run that ended it
   */
  record Done(
      String settings,
      SequencedMap<String, Content> inputs,
      SequencedMap<String, Content> outputs,
      double seconds) {

    boolean madeOf(String settings, SequencedMap<String, Content> inputs) {
      return this.settings.equals(settings) && same(this.inputs, inputs);
    }
  }

  /**
   * What is in a file.
   *
   * @param bytes its size
   * @param modified when it was written, in milliseconds since 1970
   * @param sha256 its digest
   */
  record Content(long bytes, long modified, String sha256) {

    boolean same(@Nullable Content other) {
      return other != null && sha256.equals(other.sha256);
    }
  }

  /**
   * Does a stage, unless it is done.
   *
   * @param inputs files that it reads
   * @param outputs files that it leaves in its folder
   */
  void stage(
      String name, String what, String settings, List<Path> inputs, List<Path> outputs, Work work)
      throws IOException, InterruptedException {
    String place = "adapt: [%d/%d] %s".formatted(names.indexOf(name) + 1, names.size(), what);
    Path done = folder.resolve("stages").resolve(name + ".json");
    Path begun = folder.resolve("stages").resolve(name + ".begun.json");
    Done before = read(done);
    SequencedMap<String, Content> ins = contents(inputs, before == null ? null : before.inputs);
    if (before != null
        && before.madeOf(settings, ins)
        && same(before.outputs, contents(outputs, before.outputs))) {
      stderr.println(place + ": done before");
      return;
    }
    Files.deleteIfExists(done);
    Done unfinished = read(begun);
    if (unfinished == null || !unfinished.madeOf(settings, ins)) {
      FileTree.delete(folder(name));
    }
    Files.createDirectories(folder.resolve("stages"));
    Files.createDirectories(folder(name));
    write(begun, new Done(settings, ins, new LinkedHashMap<>(), 0));
    stderr.println(place);
    long began = System.nanoTime();
    work.in(folder(name));
    double seconds = (System.nanoTime() - began) / 1e9;
    write(done, new Done(settings, ins, contents(outputs, null), seconds));
    stderr.println("  took " + words(Duration.ofSeconds(Math.round(seconds))));
  }

  private static void write(Path file, Done done) throws IOException {
    try (LineWriter writer = LineWriter.open(file)) {
      writer.write(done);
      writer.complete();
    }
  }

  static String words(Duration time) {
    return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  private static boolean same(
      SequencedMap<String, Content> before, SequencedMap<String, Content> now) {
    return before.keySet().equals(now.keySet())
        && now.entrySet().stream()
            .allMatch(file -> file.getValue().same(before.get(file.getKey())));
  }

  /** A record that is damaged is of no use: the stage is done again. */
  private static @Nullable Done read(Path log) throws IOException {
    try {
      return Files.exists(log) ? Json.MAPPER.readValue(Files.readAllBytes(log), Done.class) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /** The digests of files; those of an unchanged size and time are not computed again. */
  private SequencedMap<String, Content> contents(
      List<Path> files, @Nullable SequencedMap<String, Content> known) throws IOException {
    SequencedMap<String, Content> contents = new LinkedHashMap<>();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        contents.put(file.toString(), new Content(-1, 0, "missing"));
        continue;
      }
      long bytes = Files.size(file);
      long modified = Files.getLastModifiedTime(file).toMillis();
      Content own = digests.get(file);
      if (own == null && known != null) {
        own = known.get(file.toString());
      }
      Content now =
          own != null && own.bytes == bytes && own.modified == modified
              ? own
              : new Content(bytes, modified, sha256(file));
      digests.put(file, now);
      contents.put(file.toString(), now);
    }
    return contents;
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        var digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 20];
      while (digest.read(buffer) >= 0) {
        // Only the digest is wanted.
      }
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
