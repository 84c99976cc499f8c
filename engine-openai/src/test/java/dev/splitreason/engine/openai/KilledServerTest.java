package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that dies in the middle of an answer, after each of its first twenty tokens. */
class KilledServerTest {

  private static final int TIMES = 20;

  private static final List<Message> QUESTION =
      List.of(
          Message.user(
              "Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. Give the last"
                  + " two digits."));

  private static final SplitOptions OPTIONS =
      SplitOptions.DEFAULT.withMaxTokens(200).withPolicy(new Policy.LargeOnly());

  @ParameterizedTest
  @EnumSource(ServerSpelling.class)
  void theAnswerGoesOnWithTheSmallModelAndTheNextOneIsWhole(ServerSpelling spelling)
      throws IOException {
    LanguageModel large = BundledModels.load("large.gguf");
    try (LanguageModel small = BundledModels.load("small-split.gguf");
        ModelServer server = new ModelServer(spelling, Map.of("large", large));
        OpenAiModel served =
            OpenAiModel.connect(
                OpenAiOptions.of(server.url(), "large").withPatience(Duration.ofMinutes(1), 1))) {
      String whole = answer(small, large).text();

      for (int tokens = 1; tokens <= TIMES; tokens++) {
        server.dieAfter(tokens);
        Trace trace = answer(small, served);
        server.comeBack();

        assertThat(trace.degradedBecause()).isNotNull();
        assertThat(trace.usage().largeTokens()).isLessThanOrEqualTo(tokens);
        assertThat(whole).startsWith(largeText(trace));
        assertThat(trace.text()).startsWith(largeText(trace)).endsWith("</answer>");
      }
      assertThat(answer(small, served).text()).isEqualTo(whole);
    }
  }

  private static Trace answer(LanguageModel small, LanguageModel large) {
    var template = Templates.named("chain");
    Pair pair = Pair.builder().small(small, template).large(large, template).build();
    return new SplitDecoder(pair).decode(QUESTION, OPTIONS, TraceListener.NONE);
  }

  private static String largeText(Trace trace) {
    StringBuilder text = new StringBuilder();
    for (Segment segment : trace.segments()) {
      if (segment.author() == Author.LARGE) {
        text.append(segment.text());
      }
    }
    return text.toString();
  }
}
