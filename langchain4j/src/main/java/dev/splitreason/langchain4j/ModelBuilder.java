package dev.splitreason.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.pairs.open.OpenPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of both models have in common.
 *
 * @param <B> the builder's own type
 */
public abstract class ModelBuilder<B extends ModelBuilder<B>> {

  private @Nullable OpenPair pair;
  private @Nullable String modelName;
  private @Nullable SplitOptions options;
  private ChatRequestParameters parameters = ChatRequestParameters.builder().build();
  private boolean returnThinking = true;
  private List<ChatModelListener> listeners = List.of();

  ModelBuilder() {}

  /** The pair that answers; closing it stays the caller's. */
  public B pair(OpenPair open) {
    this.pair = open;
    return self();
  }

  /** The name that responses have; unless said, those of the pair's models. */
  public B modelName(String name) {
    this.modelName = name;
    return self();
  }

  /** Policy, cap, bias, sampling and limits of answers; the pair's own unless said. */
  public B options(SplitOptions usual) {
    this.options = usual;
    return self();
  }

  /** What holds where a request says nothing. It wins over {@link #options}. */
  public B defaultRequestParameters(ChatRequestParameters usual) {
    this.parameters = usual;
    return self();
  }

  /** Whether the reasoning is told; it is unless said. */
  public B returnThinking(boolean told) {
    this.returnThinking = told;
    return self();
  }

  /** Who hears of requests, responses and errors. */
  public B listeners(List<ChatModelListener> all) {
    this.listeners = all;
    return self();
  }

  abstract B self();

  final ModelSettings settings() {
    OpenPair open = pair;
    if (open == null) {
      throw new IllegalStateException("a chat model needs a pair: builder().pair(…)");
    }
    ModelSettings settings =
        new ModelSettings(
            open,
            modelName == null ? name(open.pair()) : modelName,
            options == null ? open.options() : options,
            parameters,
            returnThinking,
            listeners);
    Question.requireSupported(parameters, settings);
    return settings;
  }

  private static String name(Pair pair) {
    String small = pair.small().info().name();
    String large = pair.large().info().name();
    return small.equals(large) ? small : small + " + " + large;
  }
}
