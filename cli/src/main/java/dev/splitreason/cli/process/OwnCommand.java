package dev.splitreason.cli.process;

import dev.splitreason.cli.error.WrongUse;
import java.util.ArrayList;
import java.util.List;

/**
 * How this process was started.
 *
 * @param virtualMachine the program and its own options, up to the main class
 * @param arguments of the {@code splitreason} command
 */
public record OwnCommand(List<String> virtualMachine, List<String> arguments) {

  public OwnCommand {
    virtualMachine = List.copyOf(virtualMachine);
    arguments = List.copyOf(arguments);
  }

  /**
   * Asks the system.
   *
   * @throws WrongUse if it does not tell
   */
  public static OwnCommand ofThisProcess() {
    ProcessHandle.Info info = ProcessHandle.current().info();
    List<String> all = List.of(info.arguments().orElse(new String[0]));
    String mainClass = System.getProperty("sun.java.command", "").split(" ", 2)[0];
    int main = all.indexOf(mainClass);
    if (info.command().isEmpty() || main < 0) {
      throw new WrongUse("this system does not tell how a process was started");
    }
    List<String> virtualMachine = new ArrayList<>(List.of(info.command().get()));
    virtualMachine.addAll(all.subList(0, main + 1));
    return new OwnCommand(virtualMachine, all.subList(main + 1, all.size()));
  }

  /** A command line with other arguments. */
  public List<String> with(List<String> others) {
    List<String> command = new ArrayList<>(virtualMachine);
    command.addAll(others);
    return command;
  }

  /** The same command line but for an option and its value. */
  public List<String> without(String option) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals(option)) {
        i++;
      } else if (!arguments.get(i).startsWith(option + "=")) {
        kept.add(arguments.get(i));
      }
    }
    return with(kept);
  }
}
