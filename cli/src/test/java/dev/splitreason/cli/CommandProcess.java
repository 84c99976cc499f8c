package dev.splitreason.cli;

import dev.splitreason.core.file.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command, run as a user runs it: a process without a terminal. What is {@link #run} is run in
 * one that {@linkplain StandingProcess stands by}, all else in a process of its own.
 */
public final class CommandProcess {

  /** A chain problem of the lengths that the bundled pair was made for. */
  static final String QUESTION =
      "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the last"
          + " two digits.";

  private static final Path PROJECT = project();

  private final Process process;
  private final Path temporary;
  private final CompletableFuture<String> err;

  private CommandProcess(Process process, Path temporary) {
    this.process = process;
    this.temporary = temporary;
    // Not in the common pool: it has a thread or two, which a command that keeps on would hold.
    this.err =
        CompletableFuture.supplyAsync(
            () -> text(process.getErrorStream()), reader -> Thread.ofVirtual().start(reader));
  }

  /** What a shell sees of a finished command. */
  public record Result(int status, String out, String err) {

    /** Stdout as the one JSON document that it is. */
    public JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  /** Runs the command with an empty stdin, in the process that stands by. */
  public static Result run(String... arguments) {
    return runWithInput(new byte[0], arguments);
  }

  /** Runs the command in a folder, with an empty stdin, in a process of its own. */
  public static Result runIn(Path folder, String... arguments) {
    return startIn(folder, arguments).finishWith(new byte[0]);
  }

  /** Runs the command with bytes on stdin, in the process that stands by. */
  static Result runWithInput(byte[] input, String... arguments) {
    return OS.WINDOWS.isCurrentOs()
        ? start(Map.of(), arguments).finishWith(input)
        : StandingProcess.run(input, arguments);
  }

  private Result finishWith(byte[] input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // The command may end without having read everything.
    }
    return finish();
  }

  /** Starts the command. */
  public static CommandProcess start(Map<String, String> environment, String... arguments) {
    return start(PROJECT, environment, arguments);
  }

  /** Starts the command in a folder. */
  public static CommandProcess startIn(Path folder, String... arguments) {
    return start(folder, Map.of(), arguments);
  }

  private static CommandProcess start(
      Path folder, Map<String, String> environment, String... arguments) {
    Path temporary = temporary();
    var builder = java(folder, temporary, Main.class, arguments);
    builder.environment().putAll(environment);
    try {
      return new CommandProcess(builder.start(), temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A virtual machine with the command's classes, set up for tests. */
  static ProcessBuilder java(Path folder, Path temporary, Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:TieredStopAtLevel=1");
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("-Dsplitreason.home=" + PROJECT);
    words.add("-Djava.io.tmpdir=" + temporary);
    words.addAll(CommandClasses.javaArguments());
    words.add(main.getName());
    words.addAll(List.of(arguments));
    var builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().put("XDG_CONFIG_HOME", PROJECT.resolve("cli/target/none").toString());
    return builder;
  }

  /** A new folder for what a process leaves for a while. */
  static Path temporary() {
    try {
      return Files.createTempDirectory(
          Files.createDirectories(PROJECT.resolve("cli/target/tmp")), "command");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The project's folder: that with the bundled models. */
  public static Path project() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("models/small-split.gguf"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no folder above " + here + " has the bundled models");
  }

  /** The process itself. */
  public Process process() {
    return process;
  }

  /** Ends the command as {@code kill -9} does, and clears away what it could not. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    clear();
  }

  private void clear() {
    try {
      FileTree.delete(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the command to end. */
  public Result finish() {
    String out = text(process.getInputStream());
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the command did not end; so far it wrote: " + out);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError(e);
    }
    clear();
    return new Result(process.exitValue(), out, err.join());
  }

  private static String text(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
