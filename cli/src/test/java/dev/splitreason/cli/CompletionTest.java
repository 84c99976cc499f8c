package dev.splitreason.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of shells offers, for each option, that option's own values. */
class CompletionTest {

  private final CommandLine command = new CommandLine(new Main());

  /** Picocli's script keeps the values of an option under its label. */
  @Test
  void noTwoOptionsOfACommandKeepTheirValuesUnderOneLabel() {
    List<String> kept = new ArrayList<>();
    collect(command, kept);

    assertThat(kept).isNotEmpty().allMatch(place -> !place.contains(" and "));
  }

  @Test
  void anAnnotatorIsNotABorder() {
    assertThat(AutoComplete.bash("splitreason", command))
        .contains("\"llm\" \"divergence\" \"replay\" \"tags\"")
        .contains("\"token\" \"number\" \"expression\" \"sentence\"");
  }

  private static void collect(CommandLine command, List<String> kept) {
    Map<String, String> byLabel = new HashMap<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (option.completionCandidates() != null) {
        String label = command.getCommandName() + " " + option.paramLabel();
        byLabel.merge(label, option.longestName(), (one, other) -> one + " and " + other);
      }
    }
    kept.addAll(byLabel.values());
    command.getSubcommands().values().forEach(below -> collect(below, kept));
  }
}
