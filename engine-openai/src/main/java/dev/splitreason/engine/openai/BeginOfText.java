package dev.splitreason.engine.openai;

import com.openai.models.completions.CompletionCreateParams.Prompt;
import java.util.List;

/**
 * The token that begins a text, which is to be there once: templates spell it, and servers that
 * tokenise text themselves add their own. It knows what it is called, and sees whether it is added.
 */
final class BeginOfText {

  /** DeepSeek; Llama 3; Llama 2, Mistral and Phi; Gemma; LFM. */
  private static final List<String> SPELLINGS =
      List.of("<｜begin▁of▁sentence｜>", "<|begin_of_text|>", "<s>", "<bos>", "<|startoftext|>");

  /** As many tokens each time that it is said, in whatever vocabulary. */
  private static final String LINE = "the\n";

  private BeginOfText() {}

  /**
   * Whether a server puts a token of its own before a text, by how many tokens it counts in one,
   * two and three lines; taken for true where it does not count, for that is the default of
   * tokenizers that have such a token. To be called within an exchange.
   */
  static boolean isAdded(ServerClient client, CompletionRequests requests) {
    int[] counts = new int[3];
    for (int i = 0; i < counts.length; i++) {
      Prompt lines = Prompt.ofString(LINE.repeat(i + 1));
      counts[i] = client.promptTokens(requests.greedy(lines, 1));
    }
    int line = counts[1] - counts[0];
    boolean counted = counts[0] > 0 && line > 0 && counts[2] - counts[1] == line;
    return !counted || counts[0] > line;
  }

  /** A text without the spelling of the token, if it begins with one. */
  static String without(String text) {
    for (String spelling : SPELLINGS) {
      if (text.startsWith(spelling)) {
        return text.substring(spelling.length());
      }
    }
    return text;
  }
}
