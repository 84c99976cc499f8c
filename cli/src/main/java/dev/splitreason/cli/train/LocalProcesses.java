package dev.splitreason.cli.train;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.process.OwnCommand;
import dev.splitreason.core.concurrent.Shutdown;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** This same command several times on this machine, each told its place as torchrun would. */
final class LocalProcesses {

  private static final String OPTION = "--nproc";
  private static final Duration SAVING = Duration.ofMinutes(10);

  private LocalProcesses() {}

  /**
   * Runs them to their end; if one fails, the others are ended.
   *
   * @param arguments that this process was given
   * @return the exit status of the first that failed, else of all
   */
  static int run(int count, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = OwnCommand.of(arguments).without(OPTION);
    int port = freePort();
    List<Process> processes = new ArrayList<>();
    try (Shutdown _ = Shutdown.calling(() -> processes.forEach(Process::destroy), SAVING)) {
      for (int rank = 0; rank < count; rank++) {
        processes.add(start(command, rank, count, port));
      }
      return await(processes);
    } finally {
      processes.forEach(Process::destroy);
    }
  }

  private static int await(List<Process> processes) throws InterruptedException {
    int status = ExitStatus.OK;
    for (Process process : processes) {
      int ended = process.waitFor();
      if (ended != ExitStatus.OK && status == ExitStatus.OK) {
        status = ended;
        processes.forEach(Process::destroy);
      }
    }
    return status;
  }

  private static Process start(List<String> command, int rank, int count, int port)
      throws IOException {
    var builder = new ProcessBuilder(command).inheritIO();
    builder
        .environment()
        .putAll(
            Map.of(
                "RANK", String.valueOf(rank),
                "WORLD_SIZE", String.valueOf(count),
                "MASTER_ADDR", "127.0.0.1",
                "MASTER_PORT", String.valueOf(port)));
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
