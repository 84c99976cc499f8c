package dev.splitreason.cli.options;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.pairs.Pairs;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.PairSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose the models: a pair by name, and what is different about it this time. */
public final class PairOptions {

  @Option(
      names = "--pair",
      paramLabel = "NAME",
      description = "Pair of the configuration file, or the bundled 'chain'.")
  private @Nullable String pair;

  @Option(
      names = "--small",
      paramLabel = "MODEL",
      description =
          "Small model: a GGUF file, hf:OWNER/NAME[:QUANTISATION], ollama:NAME, lmstudio:NAME,"
              + " URL#MODEL, or a name of the configuration file.")
  private List<String> small = List.of();

  @Option(names = "--large", paramLabel = "MODEL", description = "Large model, likewise.")
  private List<String> large = List.of();

  @Option(
      names = "--small-adapter",
      paramLabel = "FILE",
      description =
          "LoRA adapter for the small model: a GGUF file or hf:OWNER/NAME:FILE (on a server it is"
              + " a model: URL#ADAPTER).")
  private @Nullable String smallAdapter;

  @Option(
      names = "--large-adapter",
      paramLabel = "FILE",
      description = "LoRA adapter for the large model, likewise.")
  private @Nullable String largeAdapter;

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description = "Small model for policies that follow no tags.")
  private @Nullable String base;

  @Option(
      names = "--template",
      paramLabel = "NAME|FILE",
      description =
          "Prompt template of all models: deepseek-r1, chatml, chain, embedded (the one stored with"
              + " the weights) or a file.")
  private @Nullable String template;

  @Option(
      names = "--small-template",
      paramLabel = "NAME|FILE",
      description = "Prompt template of the small model alone.")
  private @Nullable String smallTemplate;

  @Option(
      names = "--large-template",
      paramLabel = "NAME|FILE",
      description = "Prompt template of the large model alone.")
  private @Nullable String largeTemplate;

  @Option(
      names = "--thinking",
      negatable = true,
      description =
          "Tell the models to think, or with --no-thinking not to, where their templates can tell"
              + " it (default: as the templates have it).")
  private @Nullable Boolean thinking;

  @Option(
      names = "--chunk",
      paramLabel = "N",
      description = "Tokens of a span between two looks of the small model.")
  private @Nullable Integer chunk;

  @Option(names = "--span-cap", paramLabel = "N", description = "Most tokens of one span.")
  private @Nullable Integer spanCap;

  @Option(
      names = "--context",
      paramLabel = "N",
      description = "Tokens that prompt and answer may have together.")
  private @Nullable Integer context;

  @Option(
      names = "--gpu-layers",
      paramLabel = "N",
      description = "Layers computed on a GPU, if there is one (default: all).")
  private @Nullable Integer gpuLayers;

  @Option(names = UnsafeModelOption.NAME, description = UnsafeModelOption.DESCRIPTION)
  private boolean unsafeModel;

  @Option(
      names = "--api-key-env",
      paramLabel = "VARIABLE",
      description =
          "Environment variable that holds the API key for models on servers (default: no key is"
              + " sent).")
  private @Nullable String apiKeyVariable;

  /** The environment variable that holds the API key, or null for none. */
  public @Nullable String apiKeyVariable() {
    return apiKeyVariable;
  }

  /** Whether a pair or a model is named at all. */
  public boolean nameModels() {
    return pair != null || !small.isEmpty() || !large.isEmpty();
  }

  /**
   * The pair that these options mean. What belongs to a side of the named pair (template, base,
   * tags, chunk, span cap) is dropped with the side when another model takes its place.
   *
   * @throws UserMistake if a name is unknown, a value out of range or a model named more than once
   */
  public PairSettings choose(Config config) {
    requireOne("--small", small);
    requireOne("--large", large);
    return chooseEach(config).getFirst();
  }

  /**
   * The pairs that these options mean where {@code --small} and {@code --large} may be repeated:
   * every small model with every large one, as {@link #choose} pairs them.
   *
   * @throws UserMistake if a name is unknown or a value out of range
   */
  public List<PairSettings> chooseEach(Config config) {
    requireAtLeast(1, "--chunk", chunk);
    requireAtLeast(1, "--span-cap", spanCap);
    requireAtLeast(1, "--context", context);
    requireAtLeast(0, "--gpu-layers", gpuLayers);
    List<PairSettings> pairs = new ArrayList<>();
    for (@Nullable String chosenLarge : orNamed(large)) {
      for (@Nullable String chosenSmall : orNamed(small)) {
        pairs.add(
            Pairs.builder()
                .pair(pair)
                .small(chosenSmall)
                .large(chosenLarge)
                .smallAdapter(smallAdapter)
                .largeAdapter(largeAdapter)
                .base(base)
                .template(template)
                .smallTemplate(smallTemplate)
                .largeTemplate(largeTemplate)
                .thinking(thinking)
                .chunk(chunk)
                .spanCap(spanCap)
                .context(context)
                .gpuLayers(gpuLayers)
                .unsafe(unsafeModel)
                .apiKeyVariable(apiKeyVariable)
                .settings(config));
      }
    }
    return pairs;
  }

  /** The models of an option; one null, for the named pair's own, where the option is not there. */
  private static List<@Nullable String> orNamed(List<String> models) {
    return models.isEmpty() ? Collections.singletonList(null) : new ArrayList<>(models);
  }

  private static void requireOne(String option, List<String> models) {
    if (models.size() > 1) {
      throw UserMistake.ofOption(option, "names one model here, not " + models.size());
    }
  }

  private static void requireAtLeast(int least, String option, @Nullable Integer value) {
    if (value != null && value < least) {
      throw UserMistake.ofOption(option, "must be at least " + least + ", not " + value);
    }
  }
}
