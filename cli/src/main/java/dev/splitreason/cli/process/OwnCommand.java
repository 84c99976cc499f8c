package dev.splitreason.cli.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this process was started.
 *
 * <p>Put together from what the virtual machine knows: systems tell a process's command line only
 * as long as it is short.
 *
 * @param virtualMachine the program and its own options, up to the main class
 * @param arguments of the {@code splitreason} command
 */
public record OwnCommand(List<String> virtualMachine, List<String> arguments) {

  public OwnCommand {
    virtualMachine = List.copyOf(virtualMachine);
    arguments = List.copyOf(arguments);
  }

  /** The command of this process, which was given these arguments. */
  public static OwnCommand of(List<String> arguments) {
    List<String> virtualMachine = new ArrayList<>();
    virtualMachine.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    virtualMachine.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    virtualMachine.addAll(List.of("-cp", System.getProperty("java.class.path")));
    virtualMachine.add(System.getProperty("sun.java.command").split(" ", 2)[0]);
    return new OwnCommand(virtualMachine, arguments);
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
