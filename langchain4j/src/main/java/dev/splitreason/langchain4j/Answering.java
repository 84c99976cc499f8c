package dev.splitreason.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.piece.Channel;
import dev.splitreason.core.piece.PieceCutter;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import java.util.UUID;
import java.util.function.BiConsumer;

/** One answer: asks the pair, gives its pieces out as they come, and makes a response of it. */
final class Answering {

  private final ModelSettings settings;
  private final Question question;
  private final BiConsumer<Channel, String> sink;

  /**
   * An answer that has not begun.
   *
   * @param sink is given the pieces, on the thread that runs the answer
   */
  Answering(ModelSettings settings, Question question, BiConsumer<Channel, String> sink) {
    this.settings = settings;
    this.question = question;
    this.sink = sink;
  }

  /**
   * Answers on this thread; interrupted, it ends where it is.
   *
   * @throws dev.langchain4j.exception.LangChain4jException if the pair fails
   */
  ChatResponse run() {
    try {
      return answer();
    } catch (UserMistake e) {
      throw new InvalidRequestException(e.getMessage(), e);
    } catch (ModelException e) {
      throw switch (e.kind()) {
        case OUT_OF_CAPACITY -> new RateLimitException(e.getMessage(), e);
        case CONTEXT_OVERFLOW -> new InvalidRequestException(e.getMessage(), e);
        default -> new InternalServerException(e.getMessage(), e);
      };
    }
  }

  private ChatResponse answer() {
    Pair pair = settings.pair().pair();
    Prompt prompt = template(pair).render(question.conversation(), policy().usesTags());
    PieceCutter cutter =
        new PieceCutter(
            pair.tags(),
            true,
            PieceCutter.endsInReasoning(prompt),
            question.stops(),
            piece -> sink.accept(piece.channel(), piece.text()));
    Trace trace =
        settings
            .pair()
            .ask(
                question.conversation(),
                question.options(),
                (author, text) -> wrote(cutter, author, text));
    if (cutter.stoppedBy() != null) {
      // The text that ends an answer stopped this thread, which goes on from here as any other.
      boolean _ = Thread.interrupted();
    }
    cutter.finish();
    return response(cutter, trace, promptTokens(pair, prompt, trace));
  }

  private void wrote(PieceCutter cutter, Author author, String text) {
    cutter.write(author, text);
    if (cutter.stoppedBy() != null) {
      Thread.currentThread().interrupt();
    }
  }

  private ChatResponse response(PieceCutter cutter, Trace trace, int promptTokens) {
    String reasoning = cutter.texts().reasoning();
    Usage usage = trace.usage();
    return ChatResponse.builder()
        .aiMessage(
            AiMessage.builder()
                .text(cutter.texts().answer())
                .thinking(settings.thinking() && !reasoning.isEmpty() ? reasoning : null)
                .build())
        .metadata(
            new SplitReasonChatResponseMetadata.Builder()
                .trace(trace)
                .id(UUID.randomUUID().toString())
                .modelName(settings.name())
                .tokenUsage(new TokenUsage(promptTokens, usage.smallTokens() + usage.largeTokens()))
                .finishReason(cutter.stoppedBy() == null ? reason(trace) : FinishReason.STOP)
                .build())
        .build();
  }

  private static FinishReason reason(Trace trace) {
    return switch (trace.finishReason()) {
      case STOP -> FinishReason.STOP;
      case LENGTH -> FinishReason.LENGTH;
      case TIMEOUT, CANCELLED -> FinishReason.OTHER;
    };
  }

  private Policy policy() {
    return question.options().policy();
  }

  private PromptTemplate template(Pair pair) {
    return policy() instanceof Policy.LargeOnly ? pair.largeTemplate() : pair.smallTemplate();
  }

  /** Those of the prompt, as the model reads it that writes first. */
  private int promptTokens(Pair pair, Prompt prompt, Trace trace) {
    boolean large = policy() instanceof Policy.LargeOnly;
    LanguageModel first =
        large ? pair.large() : policy().usesTags() ? pair.small() : pair.untagged();
    Tokenizer tokenizer = first.tokenizer();
    if (tokenizer != null) {
      return tokenizer.tokens(prompt).length;
    }
    // A model that tells no ids has counted what it was given: the prompt, and the other's words.
    Usage usage = trace.usage();
    return large
        ? usage.largePrefilled()
        : Math.max(0, usage.smallPrefilled() - usage.largeTokens());
  }
}
