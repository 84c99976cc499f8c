package dev.splitreason.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A small clone of the repository to try the real launcher script in: the script itself, a real
 * JDK, and a PATH that has only what a test allows. Its Maven is a script that writes down how it
 * was called and lays out a prepared jar, since a test must not build the build it runs in.
 */
final class Checkout {

  /** The programs that every Unix has and the script uses. */
  private static final List<String> UNIX =
      List.of(
          "bash",
          "cat",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sleep",
          "tail",
          "touch");

  /** What the jar runs instead of the command: it tells how it was started. */
  private static final String PROBE =
      """
      package dev.splitreason.cli;

      import java.io.PrintStream;
      import java.nio.charset.StandardCharsets;

      public class Main {
        public static void main(String[] args) throws Exception {
          PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
          switch (args[0]) {
            case "echo" -> {
              for (String arg : args) out.println("[" + arg + "]");
            }
            case "exit" -> System.exit(Integer.parseInt(args[1]));
            case "pid" -> out.println(ProcessHandle.current().pid());
            case "folder" -> out.println(System.getProperty("user.dir"));
            case "serve" -> {
              boolean page = Main.class.getResource("/dev/splitreason/console/index.html") != null;
              out.println(page ? "page" : "no page");
            }
            case "property" -> out.println(System.getProperty(args[1]));
            case "wait" -> {
              out.println("waiting");
              Thread.sleep(60_000);
            }
            default -> out.println("probe");
          }
        }
      }
      """;

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      cd "$(dirname "$0")/.." || exit
      echo "$@" >>maven-calls
      sleep 0.3
      if [ -f fail ]; then
        echo "[INFO] downloading the world"
        echo "[ERROR] Main.java:[7,3] cannot find symbol"
        exit 1
      fi
      mkdir -p cli/target/launcher/lib
      cp probe.jar cli/target/launcher/splitreason-cli.jar
      cp probe.jar cli/target/launcher/lib/dependency.jar
      """;

  /** Tells its version, or builds a page, and how often it did is told by a file. */
  private static final String NODE =
      """
      #!/usr/bin/env bash
      [ "$1" = --version ] && echo v22.1.0 && exit
      cd "$(dirname "$0")/.." || exit
      [ -f fail-page ] && exit 1
      echo "$@" >>node-calls
      mkdir -p "$2"
      echo page >"$2/index.html"
      """;

  private final Path root;
  private final Map<String, String> environment = new TreeMap<>();

  /** Lays the clone out in an empty folder. */
  Checkout(Path folder) throws IOException {
    root = folder.toRealPath();
    copy("splitreason");
    copy("build/prerequisites.sh");
    write("pom.xml", "<project/>");
    write("cli/pom.xml", "<project/>");
    write("cli/src/main/java/Main.java", "class Main {}");
    write("console/src/main.tsx", "");
    writeProbeJar();
    program("mvn", MAVEN);
    program("node", NODE);
    program("npm", "#!/bin/sh\n");
    for (String name : UNIX) {
      allow(name);
    }
    environment.put("PATH", root.resolve("bin").toString());
    environment.put("HOME", root.toString());
    environment.put("LC_ALL", "C");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPLITREASON_JDK_FOLDERS", "");
  }

  Path script() {
    return root.resolve("splitreason");
  }

  Path root() {
    return root;
  }

  Checkout with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Checkout without(String program) throws IOException {
    Files.deleteIfExists(root.resolve("bin").resolve(program));
    return this;
  }

  void program(String name, String script) throws IOException {
    executable("bin/" + name, script);
  }

  /** A folder that looks like a JDK of that version, whose java only says where it is. */
  Path jdk(String folder, String version) throws IOException {
    write(folder + "/release", "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(folder + "/bin/javac", "#!/bin/sh\n");
    executable(folder + "/bin/java", "#!/bin/sh\necho \"java of $0\"\n");
    return root.resolve(folder);
  }

  /** Makes a file, or makes it newer than everything before. */
  void edit(String file) throws IOException {
    Path edited = write(file, "changed");
    Files.setLastModifiedTime(edited, FileTime.from(Instant.now()));
  }

  List<String> mavenCalls() throws IOException {
    Path calls = root.resolve("maven-calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** How often the page was built. */
  int pages() throws IOException {
    Path calls = root.resolve("node-calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  /** Runs the script to its end. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    return start(script(), null, arguments).end();
  }

  /** Starts a script, which may be a link to the real one, in a folder. */
  Running start(Path script, @Nullable Path folder, String... arguments) throws IOException {
    Path out = Files.createTempFile(root, "run", ".out");
    Path err = Files.createTempFile(root, "run", ".err");
    List<String> command =
        Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory((folder == null ? root : folder).toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  private void copy(String file) throws IOException {
    Path target = root.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(Path.of("..").resolve(file), target);
  }

  private void allow(String name) throws IOException {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      Path found = Path.of(folder, name);
      if (Files.isExecutable(found)) {
        program(name, "#!/bin/sh\nexec " + found + " \"$@\"\n");
        return;
      }
    }
  }

  private void executable(String file, String script) throws IOException {
    assertThat(write(file, script).toFile().setExecutable(true)).isTrue();
  }

  private Path write(String file, String text) throws IOException {
    Path target = root.resolve(file);
    Files.createDirectories(target.getParent());
    return Files.writeString(target, text);
  }

  private void writeProbeJar() throws IOException {
    Path source = write("probe/Main.java", PROBE);
    Path classes = Files.createDirectory(root.resolve("probe/classes"));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    assertThat(status).isZero();
    try (OutputStream file = Files.newOutputStream(root.resolve("probe.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry("dev/splitreason/cli/Main.class"));
      Files.copy(classes.resolve("dev/splitreason/cli/Main.class"), jar);
    }
  }

  /** What a run wrote and how it ended. */
  record Outcome(int status, String out, String err) {}

  /** A run that may go on. */
  record Running(Process process, Path out, Path err) {

    String outSoFar() {
      try {
        return Files.readString(out, UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Outcome end() throws IOException, InterruptedException {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running after two minutes; stderr: " + Files.readString(err));
      }
      return new Outcome(process.exitValue(), outSoFar(), Files.readString(err, UTF_8));
    }
  }
}
