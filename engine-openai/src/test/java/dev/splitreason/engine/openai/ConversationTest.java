package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a router in front of several replicas can tell conversations apart by. */
class ConversationTest {

  private static final String TEXT = "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply";

  @SuppressWarnings("NullAway.Init")
  private static ModelServer server;

  @SuppressWarnings("NullAway.Init")
  private static OpenAiModel model;

  @BeforeAll
  static void serve() throws IOException {
    LanguageModel large = BundledModels.load("large.gguf");
    server = new ModelServer(ServerSpelling.VLLM, Map.of("large", large));
    model = OpenAiModel.connect(OpenAiOptions.of(server.url(), "large"));
  }

  @AfterAll
  static void close() {
    model.close();
    server.close();
  }

  @Test
  void every_request_of_a_conversation_has_its_name() throws InterruptedException {
    LanguageModel view = model.forConversation("c0ffee");
    int before = server.conversations().size();

    write(view);
    write(view);

    // Each reads the prompt ahead, decodes and looks at a run.
    assertThat(conversationsSince(before)).hasSize(6).containsOnly("c0ffee");
  }

  @Test
  void a_fork_is_of_the_same_conversation() throws InterruptedException {
    int before = server.conversations().size();
    try (Session session = model.open()) {
      session.append(TEXT);
      try (Session fork = session.fork()) {
        fork.decode(DecodeRequest.upTo(1, Sampling.GREEDY), token -> {});
      }
      session.decode(DecodeRequest.upTo(1, Sampling.GREEDY), token -> {});
    }

    List<@Nullable String> told = conversationsSince(before);
    assertThat(told).hasSizeGreaterThan(1).doesNotContainNull();
    assertThat(told.stream().distinct()).hasSize(1);
  }

  @Test
  void sessions_that_belong_to_none_are_one_each() throws InterruptedException {
    int before = server.conversations().size();

    write(model);
    write(model);

    List<@Nullable String> told = conversationsSince(before);
    assertThat(told).hasSize(6).allMatch(name -> name != null && name.matches("[0-9a-f]{32}"));
    assertThat(told.subList(0, 3)).containsOnly(told.getFirst());
    assertThat(told.subList(3, 6)).containsOnly(told.getLast());
    assertThat(told.getFirst()).isNotEqualTo(told.getLast());
  }

  private static void write(LanguageModel model) throws InterruptedException {
    try (Session session = model.open()) {
      session.append(TEXT);
      session.settle();
      session.decode(DecodeRequest.upTo(2, Sampling.GREEDY), token -> {});
      session.score(new int[] {5, 6}, ScoreRequest.ofDraws(Sampling.GREEDY));
    }
  }

  private static List<@Nullable String> conversationsSince(int before) {
    List<@Nullable String> all = server.conversations();
    return all.subList(before, all.size());
  }
}
