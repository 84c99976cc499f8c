package dev.splitreason.langchain4j;

import static dev.splitreason.langchain4j.ChainPair.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.splitreason.pairs.open.OpenPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SplitReasonStreamingChatModelTest {

  @SuppressWarnings("NullAway.Init")
  private static OpenPair pair;

  @BeforeAll
  static void open() {
    pair = ChainPair.open();
  }

  @AfterAll
  static void close() {
    pair.close();
  }

  /** Keeps all that it is told, and cancels after so many pieces of reasoning. */
  private static final class Keeping implements StreamingChatResponseHandler {
    final StringBuilder thinking = new StringBuilder();
    final StringBuilder text = new StringBuilder();
    final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
    final CompletableFuture<Thread> cancelled = new CompletableFuture<>();
    private final int most;
    private int pieces;

    Keeping(int most) {
      this.most = most;
    }

    @Override
    public void onPartialThinking(PartialThinking partial, PartialThinkingContext context) {
      thinking.append(partial.text());
      if (++pieces == most) {
        context.streamingHandle().cancel();
        cancelled.complete(Thread.currentThread());
      }
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
      text.append(partial.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
      response.complete(complete);
    }

    @Override
    public void onError(Throwable error) {
      response.completeExceptionally(error);
    }
  }

  @Test
  void what_is_streamed_is_what_the_response_has() throws Exception {
    Keeping handler = new Keeping(Integer.MAX_VALUE);
    model(true).chat(QUESTION, handler);
    ChatResponse response = handler.response.get(30, TimeUnit.SECONDS);

    assertThat(handler.thinking).hasToString(ChainPair.REASONING);
    assertThat(handler.thinking).hasToString(response.aiMessage().thinking());
    assertThat(handler.text).hasToString(response.aiMessage().text()).contains("\\boxed{40}");
  }

  @Test
  void the_reasoning_may_be_left_out() throws Exception {
    Keeping handler = new Keeping(Integer.MAX_VALUE);
    model(false).chat(QUESTION, handler);
    assertThat(handler.response.get(30, TimeUnit.SECONDS).aiMessage().thinking()).isNull();
    assertThat(handler.thinking).isEmpty();
  }

  @Test
  void a_cancelled_answer_ends_its_thread_and_tells_nothing_more() throws Exception {
    Keeping handler = new Keeping(3);
    model(true).chat(QUESTION, handler);
    Thread answering = handler.cancelled.get(30, TimeUnit.SECONDS);

    assertThat(answering.join(Duration.ofSeconds(30))).isTrue();
    assertThat(handler.thinking.length()).isLessThan(ChainPair.REASONING.length());
    assertThat(handler.text).isEmpty();
    assertThat(handler.response).isNotDone();
  }

  @Test
  void eight_answers_at_once_are_each_whole() throws Exception {
    SplitReasonStreamingChatModel model = model(true);
    List<Keeping> handlers =
        IntStream.range(0, 8).mapToObj(i -> new Keeping(Integer.MAX_VALUE)).toList();
    handlers.forEach(handler -> model.chat(QUESTION, handler));
    for (Keeping handler : handlers) {
      handler.response.get(60, TimeUnit.SECONDS);
      assertThat(handler.thinking).hasToString(ChainPair.REASONING);
    }
  }

  @Test
  void a_failure_is_told_the_handler() throws Exception {
    OpenPair other = ChainPair.open();
    var model = SplitReasonStreamingChatModel.builder().pair(other).build();
    other.close();
    Keeping handler = new Keeping(Integer.MAX_VALUE);
    model.chat(QUESTION, handler);

    assertThat(handler.response)
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(InternalServerException.class);
  }

  @Test
  void what_a_handler_throws_is_told_it_as_an_error() throws Exception {
    var told = new CompletableFuture<Throwable>();
    model(true)
        .chat(
            QUESTION,
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String partial) {
                throw new IllegalStateException("the handler's");
              }

              @Override
              public void onCompleteResponse(ChatResponse complete) {}

              @Override
              public void onError(Throwable error) {
                told.complete(error);
              }
            });
    assertThat(told.get(30, TimeUnit.SECONDS)).hasMessage("the handler's");
  }

  private static SplitReasonStreamingChatModel model(boolean thinking) {
    return SplitReasonStreamingChatModel.builder().pair(pair).returnThinking(thinking).build();
  }
}
