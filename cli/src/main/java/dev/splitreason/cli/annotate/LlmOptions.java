package dev.splitreason.cli.annotate;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.data.annotate.LlmAnnotator;
import dev.splitreason.data.llm.Budget;
import dev.splitreason.data.llm.Endpoint;
import dev.splitreason.data.llm.Endpoint.InDoubt;
import dev.splitreason.data.llm.SnippetSource;
import dev.splitreason.data.match.SnippetMatcher;
import dev.splitreason.files.jsonl.Destination;
import dev.splitreason.pairs.config.ModelLocation;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the annotator that asks a remote model. */
final class LlmOptions {

  private static final double A_MILLION = 1e6;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "OpenAI-compatible server and the model there: http://localhost:8000/v1#MODEL, or up to"
              + " /v1 with --model.")
  private @Nullable String endpoint;

  @Option(names = "--model", paramLabel = "NAME", description = "The model's name there.")
  private @Nullable String model;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "16384",
      description = "Most tokens of an answer, thinking included (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "Temperature of the answers (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "15m",
      description = "For one answer: 90s, 15m (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "How often a request is tried, with growing pauses or those that the server asks for"
              + " (default: ${DEFAULT-VALUE}).")
  private int attempts;

  @Option(
      names = "--first-pause",
      paramLabel = "TIME",
      defaultValue = "2s",
      description =
          "After the first failed attempt; about doubled after each further one (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration firstPause = Duration.ZERO;

  @Option(
      names = "--at-most-once",
      description =
          "Never ask twice where an answer may have been paid for and lost; such traces fail.")
  private boolean atMostOnce;

  @Option(
      names = "--token-budget",
      paramLabel = "N",
      description = "Stop before this run uses more tokens, read and written.")
  private @Nullable Long tokenBudget;

  @Option(
      names = "--money-budget",
      paramLabel = "X",
      description = "Stop before this run costs more; needs the two prices.")
  private @Nullable Double moneyBudget;

  @Option(names = "--prompt-price", paramLabel = "X", description = "Of a million tokens read.")
  private double promptPrice;

  @Option(
      names = "--completion-price",
      paramLabel = "X",
      description = "Of a million tokens written.")
  private double completionPrice;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where answers are kept, never to be paid again (default: beside OUTPUT).")
  private @Nullable Path cache;

  /** Whether these options are used at all. */
  boolean given() {
    return endpoint != null || model != null;
  }

  /**
   * The annotator that these options mean.
   *
   * @param output decides where answers are kept, where no folder is named
   * @param apiKey for the server, or null for none
   * @throws UserMistake if something is missing or out of range
   */
  OpenAnnotator open(
      double targetShare, SnippetMatcher matcher, Path output, @Nullable String apiKey)
      throws IOException {
    ModelLocation.Served asked = asked();
    var server =
        new Endpoint(
            address(asked.url()),
            asked.model(),
            apiKey,
            maxTokens,
            temperature,
            timeout,
            attempts,
            firstPause,
            atMostOnce ? InDoubt.GIVE_UP : InDoubt.ASK_AGAIN);
    if (cache == null && Destination.isStream(output)) {
      throw new UserMistake(
          "answers are kept beside the output, and " + output + " is no file",
          "say where with --cache FOLDER");
    }
    Path folder = cache == null ? Path.of(output + ".replies") : cache;
    var source = new SnippetSource(server, targetShare, budget(), folder);
    return new OpenAnnotator(new LlmAnnotator(source, matcher), null, source);
  }

  private ModelLocation.Served asked() {
    if (endpoint == null) {
      throw new UserMistake("the annotator llm needs --endpoint URL#MODEL");
    }
    int hash = endpoint.indexOf('#');
    String url = hash < 0 ? endpoint : endpoint.substring(0, hash);
    String named = hash < 0 ? "" : endpoint.substring(hash + 1);
    if (model != null && !named.isEmpty() && !model.equals(named)) {
      throw new UserMistake("--endpoint names the model " + named + ", --model " + model);
    }
    String chosen = model == null ? named : model;
    if (chosen.isEmpty()) {
      throw UserMistake.ofOption(
          "--endpoint", "must say which model: " + url + "#MODEL, or --model MODEL");
    }
    return new ModelLocation.Served(url, chosen);
  }

  private static URI address(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
      throw UserMistake.ofOption(
          "--endpoint", "must be an address like http://host:8000/v1, not " + text);
    } catch (URISyntaxException e) {
      throw new UserMistake("--endpoint is no address: " + e.getMessage(), e);
    }
  }

  private Budget budget() {
    if (moneyBudget != null && promptPrice == 0 && completionPrice == 0) {
      throw UserMistake.ofOption("--money-budget", "needs --prompt-price and --completion-price");
    }
    if (promptPrice < 0 || completionPrice < 0 || promptPrice > A_MILLION) {
      throw new UserMistake("a price is the money for a million tokens, 0 or more");
    }
    return new Budget(
        tokenBudget == null ? Long.MAX_VALUE : tokenBudget,
        moneyBudget == null ? Double.POSITIVE_INFINITY : moneyBudget,
        promptPrice,
        completionPrice);
  }
}
