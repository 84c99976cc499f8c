package dev.splitreason.langchain4j;

import static dev.splitreason.langchain4j.ChainPair.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.pairs.open.OpenPair;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SplitReasonChatModelTest {

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

  @Test
  void the_reasoning_is_apart_from_the_answer() {
    ChatResponse response = model().chat(UserMessage.from(QUESTION));

    assertThat(response.aiMessage().thinking()).isEqualTo(ChainPair.REASONING);
    assertThat(response.aiMessage().text()).isEqualTo("\n<answer>\n\\boxed{40}\n</answer>");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.modelName()).isEqualTo("small-split.gguf + large.gguf");
    assertThat(response.id()).isNotBlank();
  }

  @Test
  void a_response_tells_who_wrote_what_and_what_it_took() {
    ChatResponse response = model().chat(UserMessage.from(QUESTION));

    Trace trace = ((SplitReasonChatResponseMetadata) response.metadata()).trace();
    assertThat(trace.answer()).isEqualTo("40");
    assertThat(trace.usage().largeTokens()).isPositive();
    assertThat(response.tokenUsage().outputTokenCount())
        .isEqualTo(trace.usage().smallTokens() + trace.usage().largeTokens());
    assertThat(response.tokenUsage().inputTokenCount()).isBetween(30, 200);
    assertThat(response.metadata().toBuilder().build()).isEqualTo(response.metadata());
  }

  @Test
  void the_reasoning_may_be_left_out() {
    var model = SplitReasonChatModel.builder().pair(pair).returnThinking(false).build();
    assertThat(model.chat(UserMessage.from(QUESTION)).aiMessage().thinking()).isNull();
  }

  @Test
  void a_models_options_are_its_own() {
    SplitOptions small = SplitOptions.DEFAULT.withPolicy(new Policy.SmallOnly());
    var alone = SplitReasonChatModel.builder().pair(pair).options(small).build();
    var metadata =
        (SplitReasonChatResponseMetadata) alone.chat(UserMessage.from(QUESTION)).metadata();
    assertThat(metadata.trace().usage().largeTokens()).isZero();
  }

  @Test
  void parameters_of_a_request_win_over_those_of_the_model_and_those_over_its_options() {
    SplitOptions options = SplitOptions.DEFAULT.withMaxTokens(7).withSampling(Sampling.at(0.5, 3));
    var usual = ChatRequestParameters.builder().maxOutputTokens(5).topK(9).build();
    var model =
        SplitReasonChatModel.builder()
            .pair(pair)
            .options(options)
            .defaultRequestParameters(usual)
            .build();

    assertThat(outputTokens(model.chat(UserMessage.from(QUESTION)))).isEqualTo(5);
    assertThat(outputTokens(model.chat(asked(p -> p.maxOutputTokens(3))))).isEqualTo(3);
    assertThat(model.chat(asked(p -> p.maxOutputTokens(3))).finishReason())
        .isEqualTo(FinishReason.LENGTH);

    ModelSettings settings =
        new ModelSettings(
            pair, "m", options, ChatRequestParameters.builder().build(), true, List.of());
    Question question =
        Question.of(asked(p -> p.temperature(1.5).topP(0.5).topK(4).maxOutputTokens(6)), settings);
    assertThat(question.options().sampling())
        .isEqualTo(new Sampling(1.5, 4, 0.5, 0, 1, 3, Map.of()));
    assertThat(question.options().maxTokens()).isEqualTo(6);
  }

  @Test
  void a_stop_text_ends_the_answer_and_is_not_in_it() {
    ChatResponse response = model().chat(asked(p -> p.stopSequences("\\boxed", "never")));

    assertThat(response.aiMessage().text()).isEqualTo("\n<answer>\n");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void what_cannot_be_obeyed_is_refused_also_as_a_default() {
    List<UnaryOperator<ChatRequestParametersBuilder>> unsupported =
        List.of(
            p -> p.modelName("another"), p -> p.frequencyPenalty(0.1), p -> p.presencePenalty(0.1));
    for (var change : unsupported) {
      ChatRequest request = asked(change);
      assertThatThrownBy(() -> model().chat(request))
          .isExactlyInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("not supported");
      var builder =
          SplitReasonChatModel.builder().pair(pair).defaultRequestParameters(request.parameters());
      assertThatThrownBy(builder::build).isExactlyInstanceOf(UnsupportedFeatureException.class);
    }
  }

  @Test
  void a_value_out_of_range_is_an_invalid_request() {
    assertThatThrownBy(() -> model().chat(asked(p -> p.temperature(-1.0))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("temperature");
    assertThatThrownBy(() -> model().chat(UserMessage.from("7 ".repeat(600))))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void tools_have_no_place_in_a_conversation() {
    List<ChatMessage> messages =
        List.of(UserMessage.from("1"), ToolExecutionResultMessage.from("id", "tool", "result"));
    assertThatThrownBy(() -> model().chat(messages))
        .isExactlyInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("TOOL_EXECUTION_RESULT");
  }

  @Test
  void a_conversation_is_told_in_the_pairs_words_without_earlier_reasoning() {
    ModelSettings settings =
        new ModelSettings(
            pair,
            "m",
            SplitOptions.DEFAULT,
            ChatRequestParameters.builder().build(),
            true,
            List.of());
    ChatRequest request =
        ChatRequest.builder()
            .messages(
                SystemMessage.from("s"),
                UserMessage.from("u"),
                AiMessage.builder().text("a").thinking("long").build(),
                UserMessage.from("v"))
            .build();

    assertThat(Question.of(request, settings).conversation())
        .extracting(message -> message.role() + ":" + message.content())
        .containsExactly("SYSTEM:s", "USER:u", "ASSISTANT:a", "USER:v");
  }

  @Test
  void a_pair_that_fails_is_the_servers_fault() {
    OpenPair other = ChainPair.open();
    var model = SplitReasonChatModel.builder().pair(other).build();
    other.close();
    assertThatThrownBy(() -> model.chat(UserMessage.from(QUESTION)))
        .isInstanceOf(InternalServerException.class);
  }

  @Test
  void a_model_needs_a_pair() {
    assertThatThrownBy(() -> SplitReasonChatModel.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pair");
  }

  private static SplitReasonChatModel model() {
    return SplitReasonChatModel.builder().pair(pair).build();
  }

  private static int outputTokens(ChatResponse response) {
    return response.tokenUsage().outputTokenCount();
  }

  /** The type of LangChain4j's builder, which has a name that no lambda wants to spell. */
  private static final class ChatRequestParametersBuilder
      extends dev.langchain4j.model.chat.request.DefaultChatRequestParameters.Builder<
          ChatRequestParametersBuilder> {}

  private static ChatRequest asked(UnaryOperator<ChatRequestParametersBuilder> change) {
    return ChatRequest.builder()
        .messages(UserMessage.from(QUESTION))
        .parameters(change.apply(new ChatRequestParametersBuilder()).build())
        .build();
  }
}
