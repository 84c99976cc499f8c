package dev.splitreason.engine.llamacpp.trial;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A main class of this program to be run in a Java process of its own, with the Java and the class
 * path of this one.
 *
 * @param main reports how far it comes, by {@link TrialReport}, and ends when its standard input
 *     does
 * @param environment what its environment has beside this process's
 * @param limit how long it may take
 */
public record Trial(
    Class<?> main, List<String> arguments, Map<String, String> environment, Duration limit) {

  /** Enough for the header of any model; the weights are not on the heap. */
  private static final String HEAP = "-Xmx640m";

  /** Options of the JVM that would make it print, wait for a debugger, or take a port twice. */
  private static final List<String> UNWANTED =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** More than the reports of any trial; what follows is thrown away. */
  private static final int LONGEST_OUTPUT = 16 << 10;

  /** The exit status of what SIGKILL ended, as the Linux kernel does when memory runs out. */
  private static final int KILLED = 128 + 9;

  public Trial {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /**
   * Runs it to its end; if the calling thread is interrupted, it is ended.
   *
   * @throws InterruptedException if so
   */
  public TrialVerdict run() throws InterruptedException {
    Process process;
    try {
      process = start();
    } catch (IOException e) {
      return new TrialVerdict.NotTried(String.valueOf(e.getMessage()));
    }
    try {
      CompletableFuture<String> output = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> output.complete(read(process.getInputStream())));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new TrialVerdict.Unfinished("not done after " + limit.toSeconds() + " s");
      }
      return verdict(output.join(), process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().keySet().removeAll(UNWANTED);
    builder.environment().putAll(environment);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private List<String> command() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                java,
                HEAP,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+SuppressFatalErrorMessage",
                "-XX:-CreateCoredumpOnCrash",
                "-Xshare:auto",
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED"));
    Module module = main.getModule();
    String modules = System.getProperty("jdk.module.path");
    if (modules != null) {
      command.addAll(List.of("--module-path", modules));
    }
    String classes = System.getProperty("java.class.path", "");
    if (!classes.isEmpty()) {
      command.addAll(List.of("--class-path", absolute(classes)));
    }
    if (module.isNamed()) {
      command.addAll(List.of("--module", module.getName() + "/" + main.getName()));
    } else {
      command.add(main.getName());
    }
    command.addAll(arguments);
    return command;
  }

  /** Relative entries mean what they meant where this process was started. */
  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator, -1)).stream()
            .map(entry -> new File(entry).getAbsolutePath())
            .toList());
  }

  private static String read(InputStream output) {
    try (output) {
      byte[] first = output.readNBytes(LONGEST_OUTPUT);
      output.transferTo(OutputStream.nullOutputStream());
      return new String(first, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** What a finished process's output and exit status mean. */
  static TrialVerdict verdict(String output, int status) {
    if (TrialReport.SURVIVED.in(output) != null) {
      return new TrialVerdict.Survived();
    }
    if (TrialReport.READY.in(output) == null) {
      return new TrialVerdict.NotTried("the process of a trial ended with status " + status);
    }
    String refusal = TrialReport.REFUSED.in(output);
    if (refusal != null) {
      return new TrialVerdict.Refused(refusal);
    }
    String reason = TrialReport.ABORTED.in(output);
    if (reason != null) {
      return new TrialVerdict.Ended(reason);
    }
    if (status == KILLED) {
      return new TrialVerdict.Unfinished("it was killed, as happens where memory runs out");
    }
    return new TrialVerdict.Ended("the process ended with status " + status);
  }
}
