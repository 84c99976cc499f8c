package dev.splitreason.engine.openai;

import dev.splitreason.core.error.UserMistake;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model on a server and how it may be used.
 *
 * @param url of the API, such as {@code http://host:8000/v1}
 * @param model its name there
 * @param apiKey sent as a bearer token, or null for none; in no message and no log
 * @param timeout the longest silence of the server: before its answer, and between two tokens
 * @param connectLimit the longest time for connecting, all that is asked then included
 * @param attempts how often a request is tried whose answer has not begun, at least 1
 * @param contextLength tokens a session may hold; 0 for what the server says
 * @param tokenIds whether token ids are exchanged
 * @param scoring whether runs are scored
 * @param logitBias whether logits are biased
 */
public record OpenAiOptions(
    String url,
    String model,
    @Nullable String apiKey,
    Duration timeout,
    Duration connectLimit,
    int attempts,
    int contextLength,
    Use tokenIds,
    Use scoring,
    Use logitBias) {

  /** Two minutes: long prompts take their time. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  /** Two minutes: some ten requests of a token each, for the first of which vLLM compiles. */
  public static final Duration DEFAULT_CONNECT_LIMIT = Duration.ofMinutes(2);

  /** One attempt and two more, half a second and a second later. */
  public static final int DEFAULT_ATTEMPTS = 3;

  /** Whether something that a server may be able to do is used. */
  public enum Use {
    /** If the server is seen to do it. */
    IF_THERE,
    /** It has to be there: else the model does not open. */
    ALWAYS,
    /** Not even if it is there. */
    NEVER
  }

  public OpenAiOptions {
    if (attempts < 1 || contextLength < 0) {
      throw new UserMistake(
          "attempts must be at least 1 and the context not negative, not "
              + attempts
              + " and "
              + contextLength);
    }
    if (!timeout.isPositive() || !connectLimit.isPositive()) {
      throw new UserMistake(
          "time limits must be above 0, not %s and %s s"
              .formatted(timeout.toMillis() / 1e3, connectLimit.toMillis() / 1e3));
    }
  }

  /** A model of a server that asks for no key, with all that the server can do. */
  public static OpenAiOptions of(String url, String model) {
    return new OpenAiOptions(
        url,
        model,
        null,
        DEFAULT_TIMEOUT,
        DEFAULT_CONNECT_LIMIT,
        DEFAULT_ATTEMPTS,
        0,
        Use.IF_THERE,
        Use.IF_THERE,
        Use.IF_THERE);
  }

  /** The same with an API key, or null for none. */
  public OpenAiOptions withApiKey(@Nullable String apiKey) {
    return with(copy -> copy.apiKey = apiKey);
  }

  /** The same with another patience. */
  public OpenAiOptions withPatience(Duration timeout, int attempts) {
    return with(
        copy -> {
          copy.timeout = timeout;
          copy.attempts = attempts;
        });
  }

  /** The same with another time for connecting. */
  public OpenAiOptions withConnectLimit(Duration connectLimit) {
    return with(copy -> copy.connectLimit = connectLimit);
  }

  /** The same with another context length; 0 for what the server says. */
  public OpenAiOptions withContextLength(int contextLength) {
    return with(copy -> copy.contextLength = contextLength);
  }

  /** The same with other features of the server in use. */
  public OpenAiOptions using(Use tokenIds, Use scoring, Use logitBias) {
    return with(
        copy -> {
          copy.tokenIds = tokenIds;
          copy.scoring = scoring;
          copy.logitBias = logitBias;
        });
  }

  /** How users name it: {@code URL#model}. */
  public String name() {
    return url + "#" + model;
  }

  /** Everything but the key. */
  @Override
  public String toString() {
    return name();
  }

  private OpenAiOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new OpenAiOptions(
        copy.url,
        copy.model,
        copy.apiKey,
        copy.timeout,
        copy.connectLimit,
        copy.attempts,
        copy.contextLength,
        copy.tokenIds,
        copy.scoring,
        copy.logitBias);
  }

  /** Options that can still be changed. */
  private static final class Copy {
    String url;
    String model;
    @Nullable String apiKey;
    Duration timeout;
    Duration connectLimit;
    int attempts;
    int contextLength;
    Use tokenIds;
    Use scoring;
    Use logitBias;

    Copy(OpenAiOptions options) {
      url = options.url;
      model = options.model;
      apiKey = options.apiKey;
      timeout = options.timeout;
      connectLimit = options.connectLimit;
      attempts = options.attempts;
      contextLength = options.contextLength;
      tokenIds = options.tokenIds;
      scoring = options.scoring;
      logitBias = options.logitBias;
    }
  }
}
