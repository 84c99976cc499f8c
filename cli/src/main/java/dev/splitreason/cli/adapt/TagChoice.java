package dev.splitreason.cli.adapt;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.tag.TagSpelling;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How hand-overs are spelled with a model's own tokens, so that no embedding has to be learned and
 * the adapter works beside the untouched weights.
 *
 * @param tags the spelling
 * @param areTokens whether the model has a token for each of them
 */
record TagChoice(TagSpelling tags, boolean areTokens) {

  /**
   * Pairs that models have, of which worked solutions make no use: those of this project, and the
   * calls of tools, which open and close as a hand-over does.
   */
  private static final List<TagSpelling> KNOWN =
      List.of(TagSpelling.BIGMODEL, new TagSpelling("<tool_call>", "</tool_call>"));

  /**
   * The tags for a model.
   *
   * @param model a GGUF file
   * @param asked two spellings with a comma between, or null to choose
   */
  static TagChoice of(Path model, @Nullable String asked) {
    List<String> tokens = GgufFile.read(model).texts("tokenizer.ggml.tokens");
    if (asked != null) {
      TagSpelling tags = parse(asked);
      return new TagChoice(tags, has(tokens, tags));
    }
    return KNOWN.stream()
        .filter(tags -> has(tokens, tags))
        .findFirst()
        .map(tags -> new TagChoice(tags, true))
        .orElse(new TagChoice(TagSpelling.BIGMODEL, false));
  }

  private static TagSpelling parse(String asked) {
    int comma = asked.indexOf(',');
    if (comma < 0) {
      throw UserMistake.ofOption("--tags", "must be two spellings, OPEN,CLOSE, not " + asked);
    }
    return new TagSpelling(asked.substring(0, comma), asked.substring(comma + 1));
  }

  private static boolean has(@Nullable List<String> tokens, TagSpelling tags) {
    return tokens != null && tokens.contains(tags.open()) && tokens.contains(tags.close());
  }
}
