package dev.splitreason.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.ChatRequestValidationUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.piece.Stops;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Message.Role;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks, in the words of a pair.
 *
 * @param conversation whose last message is the user's
 * @param options how it is answered
 * @param stops where the text ends
 */
record Question(List<Message> conversation, SplitOptions options, Stops stops) {

  /**
   * Reads a request.
   *
   * @throws UnsupportedFeatureException if it asks for what a pair cannot do
   * @throws InvalidRequestException if a value is out of range
   */
  static Question of(ChatRequest request, ModelSettings settings) {
    ChatRequestParameters parameters = request.parameters();
    requireSupported(parameters, settings);
    ChatRequestValidationUtils.validateMessages(request.messages());
    List<String> stops = parameters.stopSequences();
    try {
      return new Question(
          request.messages().stream().map(Question::message).toList(),
          options(parameters, settings.options()),
          stops == null ? Stops.NONE : new Stops(stops, false));
    } catch (UserMistake e) {
      throw new InvalidRequestException(e.getMessage(), e);
    }
  }

  /**
   * Refuses parameters that a pair cannot obey, so that none is ignored in silence.
   *
   * @throws UnsupportedFeatureException naming the first of them
   */
  static void requireSupported(ChatRequestParameters parameters, ModelSettings settings) {
    String name = parameters.modelName();
    if (name != null && !name.equals(settings.name())) {
      throw unsupported("modelName");
    }
    if (parameters.frequencyPenalty() != null) {
      throw unsupported("frequencyPenalty");
    }
    if (parameters.presencePenalty() != null) {
      throw unsupported("presencePenalty");
    }
    ChatRequestValidationUtils.validate(parameters.toolChoice());
    ChatRequestValidationUtils.validate(parameters.toolSpecifications());
    ChatRequestValidationUtils.validate(parameters.responseFormat());
  }

  private static UnsupportedFeatureException unsupported(String parameter) {
    return new UnsupportedFeatureException(
        "'" + parameter + "' parameter is not supported by a SplitReason pair");
  }

  private static SplitOptions options(ChatRequestParameters parameters, SplitOptions usual) {
    Sampling sampling = usual.sampling();
    SplitOptions sampled =
        usual.withSampling(
            new Sampling(
                or(parameters.temperature(), sampling.temperature()),
                or(parameters.topK(), sampling.topK()),
                or(parameters.topP(), sampling.topP()),
                sampling.minP(),
                sampling.repetitionPenalty(),
                sampling.seed(),
                sampling.bias()));
    return sampled.withMaxTokens(or(parameters.maxOutputTokens(), usual.maxTokens()));
  }

  private static <T> T or(@Nullable T said, T usual) {
    return said == null ? usual : said;
  }

  private static Message message(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> new Message(Role.SYSTEM, system.text());
      case UserMessage user -> Message.user(text(user));
      case AiMessage answer when !answer.hasToolExecutionRequests() ->
          new Message(Role.ASSISTANT, answer.text() == null ? "" : answer.text());
      default ->
          throw new UnsupportedFeatureException(
              "messages of type "
                  + message.type()
                  + " with tools are not supported by a"
                  + " SplitReason pair");
    };
  }

  /** Its contents are texts, which was checked. */
  private static String text(UserMessage user) {
    return user.contents().stream()
        .map(content -> ((TextContent) content).text())
        .collect(Collectors.joining("\n"));
  }
}
