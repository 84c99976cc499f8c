package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.engine.openai.OpenAiOptions;
import dev.splitreason.engine.openai.OpenAiOptions.Use;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model on a server is asked.
 *
 * @param apiKeyVariable the environment variable that holds the API key, or null to send none
 * @param timeout the longest silence of the server
 * @param attempts how often a request is tried
 * @param tokenIds whether token ids are exchanged
 * @param scoring whether the server scores runs
 * @param logitBias whether the server biases logits
 */
public record ServerSettings(
    @Nullable String apiKeyVariable,
    Duration timeout,
    int attempts,
    Use tokenIds,
    Use scoring,
    Use logitBias) {

  /** Without a key, and with all that a server is seen to do. */
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          null,
          OpenAiOptions.DEFAULT_TIMEOUT,
          OpenAiOptions.DEFAULT_ATTEMPTS,
          Use.IF_THERE,
          Use.IF_THERE,
          Use.IF_THERE);

  /** The same with a key from an environment variable. */
  public ServerSettings withApiKeyVariable(@Nullable String variable) {
    return new ServerSettings(variable, timeout, attempts, tokenIds, scoring, logitBias);
  }

  /**
   * The API key; null if none is sent.
   *
   * @throws UserMistake if the variable is not set
   */
  public @Nullable String apiKey(Map<String, String> environment) {
    return apiKey(apiKeyVariable, environment);
  }

  /**
   * The API key in an environment variable; null for no variable.
   *
   * @throws UserMistake if it is not set
   */
  public static @Nullable String apiKey(
      @Nullable String variable, Map<String, String> environment) {
    if (variable == null) {
      return null;
    }
    String key = environment.getOrDefault(variable, "").strip();
    if (key.isEmpty()) {
      throw new UserMistake(
          "the environment variable "
              + variable
              + " is not set; --api-key-env, or api-key-env of the configuration, names it");
    }
    return key;
  }
}
