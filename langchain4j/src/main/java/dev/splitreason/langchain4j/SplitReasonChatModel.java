package dev.splitreason.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/**
 * An open pair as a LangChain4j {@link ChatModel}. A view of the pair, which stays the caller's to
 * close: several models, each with options of its own, may share one. Thread-safe.
 *
 * <p>The reasoning is in {@link dev.langchain4j.data.message.AiMessage#thinking}, the answer in its
 * text, and who wrote what in the response's {@link SplitReasonChatResponseMetadata#trace}. Of a
 * request's parameters temperature, topP, topK, maxOutputTokens and stopSequences are obeyed; any
 * other one that is set is refused by an {@link
 * dev.langchain4j.exception.UnsupportedFeatureException}. The answer is computed on the thread that
 * asks; interrupted, it ends where it is.
 */
public final class SplitReasonChatModel implements ChatModel {

  private final ModelSettings settings;

  private SplitReasonChatModel(ModelSettings settings) {
    this.settings = settings;
  }

  /** A builder, which needs a pair. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link SplitReasonChatModel}. */
  public static final class Builder extends ModelBuilder<Builder> {

    private Builder() {}

    /**
     * The model.
     *
     * @throws IllegalStateException if there is no pair
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if a default parameter is none
     *     that can be obeyed
     */
    public SplitReasonChatModel build() {
      return new SplitReasonChatModel(settings());
    }

    @Override
    Builder self() {
      return this;
    }
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return new Answering(settings, Question.of(request, settings), (channel, text) -> {}).run();
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return settings.parameters();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return settings.listeners();
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OTHER;
  }
}
