package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import dev.splitreason.engine.openai.OpenAiOptions.Use;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token that begins a text, as the model behind a server sees it. */
class BeginOfTextTest {

  private static final String BEGIN = "<｜begin▁of▁sentence｜>";
  private static final String PROMPT = BEGIN + "<｜User｜>6*7<｜Assistant｜><think>\n";

  /** Servers that tokenise text, with and without a count of it, and those that are sent ids. */
  @ParameterizedTest
  @CsvSource({
    "VLLM, IF_THERE",
    "VLLM, NEVER",
    "LLAMA_SERVER, IF_THERE",
    "LLAMA_SERVER, NEVER",
    "SGLANG, NEVER",
    "OLLAMA, NEVER",
    "PLAIN, NEVER"
  })
  void everyRequestBeginsWithItOnce(ServerSpelling spelling, Use ids)
      throws IOException, InterruptedException {
    LanguageModel large = BundledModels.load("large.gguf");
    Tokenizer vocabulary = Objects.requireNonNull(large.tokenizer());
    int begin = Objects.requireNonNull(vocabulary.idOf(BEGIN));
    try (ModelServer server = new ModelServer(spelling, Map.of("large", large));
        OpenAiModel model =
            OpenAiModel.connect(
                OpenAiOptions.of(server.url(), "large").using(ids, Use.IF_THERE, Use.IF_THERE));
        Session session = model.open()) {
      int before = server.prompts().size();
      Tokenizer tokenizer = model.tokenizer();
      if (tokenizer == null) {
        session.append(PROMPT);
      } else {
        session.append(tokenizer.tokenizeWithControl(PROMPT));
      }
      session.settle();
      session.decode(DecodeRequest.upTo(3, Sampling.GREEDY), token -> {});
      session.append("37*48");
      session.decode(DecodeRequest.upTo(3, Sampling.GREEDY), token -> {});
      List<int[]> prompts = server.prompts().subList(before, server.prompts().size());

      assertThat(prompts).hasSizeGreaterThanOrEqualTo(3);
      for (int[] prompt : prompts) {
        assertThat(prompt).startsWith(vocabulary.tokenizeWithControl(PROMPT));
        assertThat(IntStream.of(prompt).filter(id -> id == begin).count()).isOne();
      }
    }
  }

  @Test
  void itsSpellingIsTakenAwayAtTheBeginningOnly() {
    assertThat(BeginOfText.without("<s>a<s>")).isEqualTo("a<s>");
    assertThat(BeginOfText.without("<|im_start|>user")).isEqualTo("<|im_start|>user");
  }
}
