package dev.splitreason.cli.pairs;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.cli.pairs.PairsDocument.Need;
import dev.splitreason.cli.pairs.PairsDocument.Pair;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code splitreason pairs}: which published models belong together, and what they need. */
@Command(
    name = "pairs",
    description = {
      "Lists pairs of published models that --pair takes by name: what they are, and what memory they"
          + " need for an answer of 8,192 tokens at each quantisation.",
      "Nothing is fetched; the first use of a pair, or pull, fetches it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason pairs",
      "  splitreason ask --pair qwen2.5-0.5b-3b --policy entropy:1.5 \"…\"",
    })
public final class PairsCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    PairsDocument document = PairsDocument.ofThisMachine();
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(document);
    } else {
      document.pairs().forEach(pair -> out.print(text(pair)));
      out.println(
          "* more than this machine's %s; tags: of the small model, else use a policy without"
              .formatted(size(document.memoryBytes())));
    }
    return ExitStatus.OK;
  }

  private static String text(Pair pair) {
    return """
    %s: %s
      small  %s (%s, thinking %s)
      large  %s (%s, thinking %s)
      tags   %s
      needs  %s

    """
        .formatted(
            pair.name(),
            pair.about(),
            pair.small().gguf(),
            pair.small().template(),
            pair.small().thinking(),
            pair.large().gguf(),
            pair.large().template(),
            pair.large().thinking(),
            pair.tags() == null
                ? "none: --policy entropy:T or random:P"
                : String.join(" ", pair.tags()),
            pair.needs().stream().map(PairsCommand::need).collect(Collectors.joining(", ")));
  }

  private static String need(Need need) {
    return need.quantisation() + " " + size(need.bytes()) + (need.fits() ? "" : "*");
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
