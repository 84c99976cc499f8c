package dev.splitreason.training.example;

import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import java.util.List;

/**
 * Makes examples of questions and responses, as the model will meet them: the prompt of its
 * template, which is not learned, then the response and the token that ends it.
 *
 * <p>Text and tags are tokenised apart, because a hand-over cuts the text there.
 *
 * @param tokenizer the model's
 * @param endOfText ends a response
 * @param template the model's prompt
 * @param hinted whether the prompt tells about the tags
 * @param tags how the responses spell the tags
 * @param weights what of a response is learned
 */
public record ChatExamples(
    Tokenizer tokenizer,
    int endOfText,
    PromptTemplate template,
    boolean hinted,
    TagSpelling tags,
    LossWeights weights) {

  private static final String THINK = "<think>";

  /** The tokens of the prompt that asks a question. */
  public int[] prompt(String question) {
    return tokenizer.tokens(rendered(question));
  }

  /** The example of a question and its response. */
  public Example of(String question, String response) {
    Prompt prompt = rendered(question);
    ExampleBuilder example = new ExampleBuilder().add(tokenizer.tokens(prompt), 0);
    boolean inSpan = false;
    for (TagEvent event : tags.events(begun(prompt.text(), tags.normalise(response)))) {
      switch (event) {
        case TagEvent.Text(String text, int _, int _) ->
            example.add(tokenizer.tokenizeWithControl(text), inSpan ? (float) weights.spans() : 1);
        case TagEvent.Tag(TagEvent.Kind kind, int _, int _) -> {
          inSpan = kind == TagEvent.Kind.OPEN;
          String tag = inSpan ? tags.open() : tags.close();
          example.add(tokenizer.tokenizeWithControl(tag), (float) weights.tags());
        }
      }
    }
    return example.add(endOfText, 1).build();
  }

  private Prompt rendered(String question) {
    return template.render(List.of(Message.user(question)), hinted);
  }

  /** A response without the beginning that the prompt has written already. */
  private static String begun(String prompt, String response) {
    int think = prompt.lastIndexOf(THINK);
    String opening = think < 0 ? "" : prompt.substring(think);
    if (!opening.isEmpty() && opening.strip().equals(THINK) && response.startsWith(THINK)) {
      String rest = response.substring(THINK.length());
      String gap = opening.substring(THINK.length());
      return rest.startsWith(gap) ? rest.substring(gap.length()) : rest;
    }
    return response;
  }
}
