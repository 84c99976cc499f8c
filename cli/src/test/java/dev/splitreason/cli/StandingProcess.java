package dev.splitreason.cli;

import dev.splitreason.cli.CommandProcess.Result;
import dev.splitreason.core.file.FileTree;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process of the command that stands by, for tests that are not about processes: starting one
 * takes a second of a core, and the same command in one that is warm a twentieth. There is one for
 * each process of tests; it ends with it.
 */
final class StandingProcess {

  private static final Duration LONGEST = Duration.ofMinutes(3);

  private static @Nullable StandingProcess standing;

  private final Process process;
  private final Path temporary;
  private final DataInputStream in;
  private final DataOutputStream out;

  private StandingProcess(Process process, Path temporary, Socket socket) throws IOException {
    this.process = process;
    this.temporary = temporary;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  /** Runs a command in the project's folder with these bytes on its stdin. */
  static synchronized Result run(byte[] input, String... arguments) {
    try {
      if (standing == null) {
        standing = start();
      }
      return standing.serve(input, arguments);
    } catch (IOException e) {
      if (standing != null) {
        standing.end();
        standing = null;
      }
      throw new AssertionError("the process ended or kept on at " + List.of(arguments), e);
    }
  }

  private static StandingProcess start() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout((int) LONGEST.toMillis());
      Path temporary = CommandProcess.temporary();
      Process process =
          CommandProcess.java(
                  CommandProcess.project(),
                  temporary,
                  StandingMain.class,
                  String.valueOf(server.getLocalPort()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Socket socket = server.accept();
      socket.setSoTimeout((int) LONGEST.toMillis());
      var started = new StandingProcess(process, temporary, socket);
      Runtime.getRuntime().addShutdownHook(new Thread(started::end));
      return started;
    }
  }

  private Result serve(byte[] input, String... arguments) throws IOException {
    out.writeInt(arguments.length);
    for (String argument : arguments) {
      out.writeUTF(argument);
    }
    out.writeInt(input.length);
    out.write(input);
    out.flush();
    return new Result(in.readInt(), text(), text());
  }

  private void end() {
    try {
      process.destroyForcibly().waitFor();
      FileTree.delete(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String text() throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
