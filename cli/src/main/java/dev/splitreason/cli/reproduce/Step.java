package dev.splitreason.cli.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of the journey: a command that leaves something behind.
 *
 * @param title what it is for
 * @param arguments of the {@code splitreason} command
 * @param result is there when the step is done
 * @param goesOn the arguments if the step was begun and not ended
 */
record Step(String title, List<String> arguments, Path result, List<String> goesOn) {

  Step {
    arguments = List.copyOf(arguments);
    goesOn = List.copyOf(goesOn);
  }

  /** A command that begins anew, or by itself goes on, when it is repeated. */
  static Step of(String title, Path result, String... arguments) {
    return new Step(title, List.of(arguments), result, List.of(arguments));
  }

  /**
   * A training run.
   *
   * @param kind pretrain, sft or grpo
   * @param folder of the run
   * @param settings keys of the configuration, over the recipe's
   */
  static Step training(String title, String kind, Path recipe, Path folder, String... settings) {
    List<String> begin = new ArrayList<>(List.of("train", kind, "--config", recipe.toString()));
    for (String setting : settings) {
      begin.addAll(List.of("--set", setting));
    }
    begin.addAll(List.of("--output", folder.toString()));
    return new Step(
        title,
        begin,
        folder.resolve("model.gguf"),
        List.of("train", kind, "--resume", "--output", folder.toString()));
  }

  boolean isDone() {
    return Files.exists(result);
  }

  /** What is to be run now. */
  List<String> command() {
    Path folder = result.getParent();
    boolean begun = folder != null && Files.exists(folder.resolve("config.yaml"));
    return begun ? goesOn : arguments;
  }
}
