package dev.splitreason.langchain4j;

import dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.splitreason.core.piece.Channel;
import java.util.List;

/**
 * An open pair as a LangChain4j {@link StreamingChatModel}, otherwise as {@link
 * SplitReasonChatModel}. Each answer has a virtual thread of its own, on which its handler is
 * called: the reasoning by {@code onPartialThinking}, the answer by {@code onPartialResponse}, each
 * as it is written. Cancelling by the handle that both are given stops both models at once; nothing
 * is called after that.
 */
public final class SplitReasonStreamingChatModel implements StreamingChatModel {

  private final ModelSettings settings;

  private SplitReasonStreamingChatModel(ModelSettings settings) {
    this.settings = settings;
  }

  /** A builder, which needs a pair. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link SplitReasonStreamingChatModel}. */
  public static final class Builder extends ModelBuilder<Builder> {

    private Builder() {}

    /**
     * The model.
     *
     * @throws IllegalStateException if there is no pair
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if a default parameter is none
     *     that can be obeyed
     */
    public SplitReasonStreamingChatModel build() {
      return new SplitReasonStreamingChatModel(settings());
    }

    @Override
    Builder self() {
      return this;
    }
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    Question question = Question.of(request, settings);
    Thread.ofVirtual().name("splitreason-answer").start(() -> answer(question, handler));
  }

  private void answer(Question question, StreamingChatResponseHandler handler) {
    AnswerHandle handle = new AnswerHandle(Thread.currentThread());
    Answering answering =
        new Answering(settings, question, (channel, text) -> tell(handler, handle, channel, text));
    ChatResponse response;
    try {
      response = answering.run();
    } catch (RuntimeException e) {
      if (!handle.end()) {
        InternalStreamingChatResponseHandlerUtils.withLoggingExceptions(() -> handler.onError(e));
      }
      return;
    }
    if (!handle.end()) {
      InternalStreamingChatResponseHandlerUtils.onCompleteResponse(handler, response);
    }
  }

  private void tell(
      StreamingChatResponseHandler handler, AnswerHandle handle, Channel channel, String text) {
    if (handle.isCancelled()) {
      return;
    }
    if (channel == Channel.ANSWER) {
      InternalStreamingChatResponseHandlerUtils.onPartialResponse(handler, text, handle);
    } else if (settings.thinking()) {
      InternalStreamingChatResponseHandlerUtils.onPartialThinking(handler, text, handle);
    }
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
