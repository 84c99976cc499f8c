package dev.splitreason.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import dev.splitreason.server.BundledServer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client for Java works unchanged. */
class OpenAiClientTest {

  @SuppressWarnings("NullAway.Init")
  private static BundledServer server;

  @SuppressWarnings("NullAway.Init")
  private static OpenAIClient client;

  @BeforeAll
  static void start() {
    server = BundledServer.start();
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(server.url() + "/v1")
            .apiKey("none")
            .maxRetries(0)
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void lists_the_models() {
    assertThat(client.models().list().data())
        .extracting(model -> model.id())
        .contains("chain", "chain:large");
  }

  @Test
  void chats() {
    ChatCompletion completion = client.chat().completions().create(question("chain").build());

    assertThat(completion.choices().getFirst().message().content())
        .hasValueSatisfying(text -> assertThat(text).contains("\\boxed{"));
    assertThat(completion.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(
            completion
                .usage()
                .orElseThrow()
                .completionTokensDetails()
                .orElseThrow()
                .reasoningTokens()
                .orElseThrow())
        .isPositive();
  }

  @Test
  void streams_what_it_answers_whole() {
    ChatCompletionCreateParams asked =
        question("chain")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    ChatCompletion whole = client.chat().completions().create(question("chain").build());

    List<ChatCompletionChunk> chunks;
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asked)) {
      chunks = stream.stream().toList();
    }

    String content =
        chunks.stream()
            .flatMap(chunk -> chunk.choices().stream())
            .flatMap(choice -> choice.delta().content().stream())
            .collect(Collectors.joining());
    assertThat(content).isEqualTo(whole.choices().getFirst().message().content().orElseThrow());
    assertThat(chunks.getLast().usage().orElseThrow().totalTokens())
        .isEqualTo(whole.usage().orElseThrow().totalTokens());
  }

  @Test
  void gives_several_answers_each_of_its_own_seed() {
    ChatCompletionCreateParams asked =
        question("chain:small")
            .n(4)
            .temperature(1.5)
            .putAdditionalBodyProperty("seed", JsonValue.from(7))
            .build();

    ChatCompletion first = client.chat().completions().create(asked);
    ChatCompletion again = client.chat().completions().create(asked);

    assertThat(texts(first)).isEqualTo(texts(again)).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void ends_at_a_stop_text() {
    ChatCompletion completion =
        client
            .chat()
            .completions()
            .create(question("chain").stopOfStrings(List.of("\\boxed", "nowhere")).build());

    assertThat(completion.choices().getFirst().message().content()).hasValue("\n<answer>\n");
  }

  @Test
  void completes_several_prompts() {
    var completion =
        client
            .completions()
            .create(
                CompletionCreateParams.builder()
                    .model("chain")
                    .promptOfArrayOfStrings(List.of(BundledServer.PROMPT, "37*48="))
                    .maxTokens(6)
                    .echo(true)
                    .build());

    assertThat(completion.choices()).hasSize(2);
    assertThat(completion.choices().get(1).text()).startsWith("37*48=").hasSizeGreaterThan(6);
    assertThat(completion.choices().getFirst().finishReason())
        .isEqualTo(com.openai.models.completions.CompletionChoice.FinishReason.LENGTH);
  }

  @Test
  void tells_errors_as_the_client_knows_them() {
    assertThatThrownBy(() -> client.chat().completions().create(question("chian").build()))
        .isInstanceOfSatisfying(
            NotFoundException.class, error -> assertThat(error.code()).hasValue("model_not_found"))
        .hasMessageContaining("did you mean 'chain'");
    assertThatThrownBy(
            () -> client.chat().completions().create(question("chain").frequencyPenalty(1).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            error -> assertThat(error.param()).hasValue("frequency_penalty"));
  }

  private static List<String> texts(ChatCompletion completion) {
    return completion.choices().stream()
        .map(
            choice ->
                String.valueOf(choice.message()._additionalProperties().get("reasoning"))
                    + choice.message().content().orElse(""))
        .toList();
  }

  private static ChatCompletionCreateParams.Builder question(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(BundledServer.QUESTION);
  }
}
