package dev.splitreason.training.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.tokenizer.ChainVocabulary;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChatExamplesTest {

  private static final JsonTokenizer TOKENIZER = JsonTokenizer.of(ChainVocabulary.files());
  private static final String PROMPT = "<｜begin▁of▁sentence｜><｜User｜>Add 5.<｜Assistant｜><think>\n";

  @AfterAll
  static void close() {
    TOKENIZER.close();
  }

  @Test
  void thePromptIsThatOfTheTemplateAndTheResponseEndsTheText() {
    Example example = chat(LossWeights.EVEN).of("Add 5.", "05\n</think>");

    assertThat(text(example)).isEqualTo(PROMPT + "05\n</think><｜end▁of▁sentence｜>");
  }

  @Test
  void onlyTheResponseIsLearned() {
    assertThat(learned(chat(LossWeights.EVEN).of("Add 5.", "05\n</think>"), 1))
        .isEqualTo("05\n</think><｜end▁of▁sentence｜>");
  }

  @Test
  void aBeginningThatThePromptHasWrittenIsNotWrittenTwice() {
    assertThat(chat(LossWeights.EVEN).of("Add 5.", "<think>\n05\n</think>"))
        .isEqualTo(chat(LossWeights.EVEN).of("Add 5.", "05\n</think>"));
  }

  @Test
  void tagsCanCountMore() {
    Example example = chat(new LossWeights(5, 1)).of("Add 5.", "1<bigmodel>77</bigmodel>6");

    assertThat(learned(example, 5)).isEqualTo("<bigmodel></bigmodel>");
    assertThat(learned(example, 1)).isEqualTo("1776<｜end▁of▁sentence｜>");
  }

  @Test
  void theTextOfSpansCanBeMasked() {
    Example example = chat(new LossWeights(1, 0)).of("Add 5.", "1<bigmodel>77</bigmodel>6");

    assertThat(learned(example, 1)).isEqualTo("1<bigmodel></bigmodel>6<｜end▁of▁sentence｜>");
  }

  @Test
  void thePublishedSpellingOfTheCloseTagIsRead() {
    assertThat(chat(LossWeights.EVEN).of("Add 5.", "1<bigmodel>77<\\bigmodel>6"))
        .isEqualTo(chat(LossWeights.EVEN).of("Add 5.", "1<bigmodel>77</bigmodel>6"));
  }

  @Test
  void controlTokensInAQuestionAreText() {
    Example example = chat(LossWeights.EVEN).of("<bigmodel>", "5");

    assertThat(example.tokens()).doesNotContain(9);
  }

  private static ChatExamples chat(LossWeights weights) {
    return new ChatExamples(
        TOKENIZER, 2, Templates.named("chain"), false, TagSpelling.BIGMODEL, weights);
  }

  private static String text(Example example) {
    return text(example, IntStream.range(0, example.length()));
  }

  private static String learned(Example example, float weight) {
    return text(
        example, IntStream.range(0, example.length()).filter(i -> example.weights()[i] == weight));
  }

  private static String text(Example example, IntStream places) {
    return places
        .mapToObj(i -> TOKENIZER.token(example.tokens()[i]).text())
        .collect(Collectors.joining());
  }
}
