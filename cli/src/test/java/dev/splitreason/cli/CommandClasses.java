package dev.splitreason.cli;

import dev.splitreason.core.file.FileTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The classes that {@link CommandProcess} starts, with a cache of what they load (JEP 483, 514), as
 * the launcher has one: hundreds of starts are a third cheaper. Made by the first of the test
 * processes that needs it; only where the build asks for it, since making it takes as long as some
 * twenty starts.
 */
final class CommandClasses {

  private static final String REHEARSED = System.getProperty("splitreason.test.rehearsal", "");

  private static final List<String> ARGUMENTS = arguments();

  private CommandClasses() {}

  /** What {@code java} is told, before the main class. */
  static List<String> javaArguments() {
    return ARGUMENTS;
  }

  private static List<String> arguments() {
    String classPath = System.getProperty("java.class.path");
    if (REHEARSED.isEmpty()) {
      return List.of("-cp", classPath);
    }
    try {
      return rehearsed(Files.createDirectories(Path.of(REHEARSED).toAbsolutePath()), classPath);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cache fits one run of the tests: a new run clears the folder away before it starts. */
  private static List<String> rehearsed(Path folder, String classPath) throws IOException {
    Path cache = folder.resolve("classes.aot");
    Path jarred = folder.resolve("class-path");
    try (FileChannel channel =
            FileChannel.open(
                folder.resolveSibling(folder.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      String run = classPath + " " + ProcessHandle.current().parent().map(ProcessHandle::pid);
      if (!Files.exists(jarred) || !Files.readString(folder.resolve("run")).equals(run)) {
        FileTree.delete(folder);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("run"), run);
        String jars = jars(classPath, folder);
        rehearse(cache, jars);
        Files.writeString(jarred, jars);
      }
    }
    String jars = Files.readString(jarred);
    return Files.exists(cache)
        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-cp", jars)
        : List.of("-cp", jars);
  }

  /** Caches hold the classes of jars only. */
  private static String jars(String classPath, Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) {
        continue; // It means the working folder, whatever is in it.
      }
      Path path = Path.of(entry);
      if (entry.isEmpty()) {
        continue; // stands for the folder that one is in, and jar would take it for the root
      } else if (!Files.isDirectory(path)) {
        jars.add(entry);
      } else if (holdsFiles(path)) {
        Path jar = folder.resolve(jars.size() + ".jar");
        int status =
            ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                    System.out,
                    System.err,
                    "--create",
                    "--no-compress",
                    "--file",
                    jar.toString(),
                    "-C",
                    entry,
                    ".");
        if (status != 0) {
          throw new IOException("jar ended with " + status);
        }
        jars.add(jar.toString());
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static boolean holdsFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(Files::isRegularFile);
    }
  }

  private static void rehearse(Path cache, String jars) throws IOException {
    try {
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:AOTCacheOutput=" + cache,
              "-XX:TieredStopAtLevel=1",
              "--enable-native-access=ALL-UNNAMED",
              "-Dsplitreason.home=" + CommandProcess.project(),
              "-cp",
              jars,
              Rehearsal.class.getName())
          .redirectErrorStream(true)
          .redirectOutput(Redirect.to(cache.resolveSibling("rehearsal.log").toFile()))
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Loads what commands load. */
  static final class Rehearsal {

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
      Path folder = Files.createTempDirectory("rehearsal");
      Path problems = folder.resolve("problems.jsonl");
      Files.writeString(
          problems, "{\"id\": \"1\", \"problem\": \"What is 2+2?\", \"answer\": \"4\"}\n");
      Path pairs = folder.resolve("pairs.jsonl");
      Files.writeString(
          pairs, "{\"id\": \"1\", \"gold\": \"\\\\frac{1}{2}\", \"answer\": \"0.5\"}\n");
      Path traces = folder.resolve("traces.jsonl");
      Files.writeString(
          traces,
          "{\"id\": \"1\", \"problem\": \"2+2\", \"text\": \"First I add 2 and 2. That gives 4.\"}\n");
      String evaluated = folder.resolve("eval").toString();
      List<List<String>> commands =
          List.of(
              List.of("ask", "--json", CommandProcess.QUESTION),
              List.of("ask", "--policy", "nothing", "hello"),
              List.of(
                  "eval",
                  "--benchmark",
                  problems.toString(),
                  "--policies",
                  "small,learned",
                  "--output",
                  evaluated),
              List.of("check", "--pairs", pairs.toString()),
              List.of("stats", traces.toString()),
              List.of(
                  "annotate",
                  "--annotator",
                  "llm",
                  "--endpoint",
                  "http://127.0.0.1:9/v1#none",
                  "--attempts",
                  "1",
                  "--output",
                  folder.resolve("annotated.jsonl").toString(),
                  traces.toString()),
              List.of("simulate", "--json", "--profile", "paper-h100", "--offload-ratio", "0.05"),
              List.of("tokenize", "--pair", "chain", "1+1"),
              List.of("info"));
      try {
        commands.forEach(command -> Main.execute(command.toArray(String[]::new)));
      } finally {
        FileTree.delete(folder);
      }
      System.exit(0);
    }
  }
}
