package dev.splitreason.cli.pull;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.pairs.hub.Hub;
import dev.splitreason.pairs.hub.HubName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code splitreason pull}: brings models of the hub to disk, or their newest commit. */
@Command(
    name = "pull",
    description = {
      "Fetches models of the Hugging Face hub ahead: the GGUF file that is meant, or of a repository"
          + " without any a folder to train from.",
      "What is on disk already is not fetched again; a download that was cut goes on. Files lie in"
          + " the hub's own cache (HF_HOME), where its other programs find them. HF_TOKEN,"
          + " HF_ENDPOINT and HF_HUB_OFFLINE are obeyed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason pull hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF:Q8_0",
      "  splitreason pull hf:HuggingFaceTB/SmolLM2-135M-Instruct",
    })
public final class PullCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "hf:OWNER/NAME, with @REVISION and :FILE or :QUANTISATION after it.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  /**
   * The document of {@code --json}.
   *
   * @param models in the order of their names
   */
  record PullDocument(List<PulledModel> models) {}

  /**
   * A model that is on disk now.
   *
   * @param name as it was asked for
   * @param commit of the repository
   * @param path of the GGUF file, or of the folder to train from
   * @param bytes of all files that belong to it
   */
  record PulledModel(String name, String commit, String path, long bytes) {}

  @Override
  public Integer call() {
    List<HubName> parsed = names.stream().map(PullCommand::parsed).toList();
    List<PulledModel> pulled = new ArrayList<>();
    Stdout out = Stdout.ofProcess();
    for (HubName name : parsed) {
      Hub.Pulled model = Hub.ofUser().pull(name);
      pulled.add(
          new PulledModel(name.toString(), model.commit(), model.path().toString(), model.bytes()));
      if (!json) {
        out.print(
            String.format(
                Locale.ROOT, "%s  %.1f MB  %s%n", name, model.bytes() / 1e6, model.path()));
      }
    }
    if (json) {
      out.json(new PullDocument(pulled));
    }
    return ExitStatus.OK;
  }

  private static HubName parsed(String name) {
    if (!HubName.isMeant(name)) {
      throw new UserMistake("'" + name + "' is no name on the hub", "write hf:OWNER/NAME");
    }
    return HubName.parse(name);
  }
}
