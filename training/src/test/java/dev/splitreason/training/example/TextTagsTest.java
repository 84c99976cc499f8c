package dev.splitreason.training.example;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is learned of tags that are text is what a pair asks for: a small model that knows an
 * example by heart hands over and takes back at its tags, whatever stands beside them.
 */
class TextTagsTest {

  private static final TagSpelling TAGS = TagSpelling.BIGMODEL;
  private static final String QUESTION = "1+1?";

  private static final List<String> ASCII =
      Stream.concat(
              Stream.of("\n", "\n\n", "\t"),
              IntStream.rangeClosed(' ', '~').mapToObj(Character::toString))
          .toList();

  /** What tokenizers treat differently. */
  private static final List<String> KINDS = List.of(" ", "\n\n", ".", "<", "a", "é");

  @Test
  void whatIsLearnedIsAskedForBesideEveryCharacter() throws IOException {
    try (JsonTokenizer tokenizer = merging()) {
      int end = end(tokenizer);
      for (String kind : KINDS) {
        for (String character : ASCII) {
          handsOverWhereItLearned(tokenizer, end, character, kind, true);
          handsOverWhereItLearned(tokenizer, end, kind, character, true);
        }
      }
    }
  }

  /** As a model does that was trained on text whose tags were not cut out. */
  @Test
  void aTagInMergedTokensIsReadAllTheSame() throws IOException {
    try (JsonTokenizer tokenizer = merging()) {
      int end = end(tokenizer);
      assertThat(tokenizer.tokenize(".</bigmodel>")[0]).isEqualTo(tokenizer.idOf(".</"));
      for (String kind : KINDS) {
        for (String character : ASCII) {
          handsOverWhereItLearned(tokenizer, end, character, kind, false);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q05.gguf", "smol135.gguf"})
  void theSameHoldsForRealVocabularies(String file) {
    String folder = System.getenv("SPLITREASON_REAL_MODELS");
    assumeThat(folder).as("SPLITREASON_REAL_MODELS names no folder of real models").isNotNull();
    Path model = Path.of(String.valueOf(folder), file);
    assumeThat(Files.exists(model)).as("there is no %s", model).isTrue();
    try (LanguageModel real =
        LlamaCppModel.load(model, LlamaCppOptions.DEFAULTS.withContextLength(512))) {
      Tokenizer tokenizer = requireNonNull(real.tokenizer());
      int end = end(tokenizer);
      for (String character : ASCII) {
        for (String kind : List.of("\n\n", " ")) {
          handsOverWhereItLearned(tokenizer, end, character, kind, true);
          handsOverWhereItLearned(tokenizer, end, character, kind, false);
        }
      }
    }
  }

  private static int end(Tokenizer tokenizer) {
    return requireNonNull(tokenizer.idOf("<|im_end|>"));
  }

  private static JsonTokenizer merging() throws IOException {
    Path file = Path.of("src/test/resources/tag-merges/tokenizer.json");
    return JsonTokenizer.of(
        Map.of(
            "tokenizer.json",
            Files.readString(file),
            "tokenizer_config.json",
            "{\"eos_token\": \"<|im_end|>\"}"));
  }

  /**
   * Plays an answer whose tags have certain characters before and after them.
   *
   * @param cut whether the small model learned the example as it is made, or text without cuts
   */
  private static void handsOverWhereItLearned(
      Tokenizer tokenizer, int end, String before, String after, boolean cut) {
    String lead = "So" + before;
    String span = after + "the sum is 12" + before;
    String rest = after + "Then done";
    String response = lead + TAGS.wrap(span) + rest;
    PromptTemplate template = Templates.named("chatml");
    ChatExamples chat = new ChatExamples(tokenizer, end, template, false, TAGS, LossWeights.EVEN);
    int[] prompt = chat.prompt(QUESTION);
    int[] learned = cut ? chat.of(QUESTION, response).tokens() : prompt;
    int[] asked = tokenizer.tokens(template.render(List.of(Message.user(QUESTION)), true));

    try (KnownByHeart small =
            new KnownByHeart(
                tokenizer,
                end,
                withPrompt(asked, learned, prompt.length),
                asked.length,
                text -> goOnTagged(text, lead, span, rest));
        KnownByHeart large =
            new KnownByHeart(
                tokenizer, end, prompt, prompt.length, text -> goOn(text, lead + span + rest))) {
      Pair pair = Pair.builder().small(small, template).large(large, template).build();
      Trace trace =
          new SplitDecoder(pair)
              .decode(
                  List.of(Message.user(QUESTION)),
                  SplitOptions.DEFAULT.withPipelined(false).withMaxTokens(200),
                  TraceListener.NONE);

      String told = "'%s' and '%s', %s".formatted(before, after, trace.text());
      List<Segment> large1 =
          trace.segments().stream().filter(segment -> segment.author() == Author.LARGE).toList();
      assertThat(large1).as(told).hasSize(1);
      assertThat(trace.text()).as(told).startsWith(lead.stripTrailing()).contains(TAGS.close());
      assertThat(TAGS.strip(trace.text()).replaceAll("\\s", ""))
          .as(told)
          .isEqualTo((lead + span + rest).replaceAll("\\s", ""));
      // At the tag, or behind the token of the large model in which it is.
      String written = large1.getFirst().text();
      assertThat(written).as(told).startsWith(span.stripTrailing());
      assertThat(written.substring(span.stripTrailing().length()))
          .as(told)
          .hasSizeLessThanOrEqualTo(before.length() + after.length() + 4);
    }
  }

  /** The learned sequence behind the prompt that is really asked. */
  private static int[] withPrompt(int[] asked, int[] learned, int prompt) {
    return IntStream.concat(IntStream.of(asked), IntStream.of(learned).skip(prompt)).toArray();
  }

  /** What the small model writes after so much of its answer, tags included. */
  private static String goOnTagged(String text, String lead, String span, String rest) {
    int open = text.indexOf(TAGS.open());
    if (open < 0) {
      return goOn(text, lead, TAGS.open() + span + TAGS.close() + rest);
    }
    String inside = text.substring(open + TAGS.open().length());
    return inside.contains(TAGS.close())
        ? goOn(TAGS.strip(text), lead + span + rest)
        : goOn(inside, span, TAGS.close() + rest);
  }

  /** What comes after a part of a text, or of the tag behind it. */
  private static String goOn(String written, String text, String tagAndMore) {
    int tag = tagAndMore.indexOf('>') + 1;
    for (int length = Math.min(tag - 1, written.length()); length > 0; length--) {
      String before = written.substring(0, written.length() - length);
      if (written.endsWith(tagAndMore.substring(0, length)) && goOn(before, text).isBlank()) {
        return tagAndMore.substring(length);
      }
    }
    return goOn(written, text) + tagAndMore;
  }

  /** What of a text comes after a part of it, which may have other blanks. */
  private static String goOn(String written, String text) {
    int at = 0;
    for (int i = 0; i < written.length(); i++) {
      int next = at;
      while (next < text.length()
          && text.charAt(next) != written.charAt(i)
          && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      if (next < text.length() && text.charAt(next) == written.charAt(i)) {
        at = next + 1;
      }
    }
    return text.substring(at);
  }
}
