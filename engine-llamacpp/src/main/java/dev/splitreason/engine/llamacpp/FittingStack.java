package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs llama.cpp's tokenizers where there is room for their text: most split text by std::regex,
 * which calls itself for every character that one repetition matches, and overflows the stack of an
 * ordinary thread within a word of some thousand letters.
 */
final class FittingStack {

  /** Characters of a stretch for which any thread has room. */
  private static final int ANYWHERE = 500;

  /**
   * What a character takes, and more than as much again: 10,000 letters or digits of the rules that
   * need most fit 4 MB.
   */
  private static final long BYTES_PER_CHARACTER = 1024;

  private static final long BASE = 1 << 20;

  /** The longest stretch that is tokenised as one; it takes 40 MB. */
  static final int LONGEST = 100_000;

  private FittingStack() {}

  /**
   * The text in pieces none of which has too long a stretch, cut within words only where they are
   * longer than any real one.
   */
  static List<String> pieces(String text) {
    if (text.length() <= LONGEST || longestStretch(text) <= LONGEST) {
      return List.of(text);
    }
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + LONGEST);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  /** What {@code work} gives, on a thread whose stack fits this text. */
  static <T> T call(String text, Supplier<T> work) {
    int stretch = text.length() <= ANYWHERE ? 0 : longestStretch(text);
    if (stretch <= ANYWHERE) {
      return work.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            result.complete(work.get());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    try {
      long stack = BASE + stretch * BYTES_PER_CHARACTER;
      Thread thread = new Thread(null, task, "tokenizer", stack);
      thread.setDaemon(true);
      thread.start();
    } catch (OutOfMemoryError e) {
      throw new ModelException(
          Kind.UNAVAILABLE, "there is no memory to split a line of " + stretch + " characters", e);
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /**
   * The most characters that one repetition of a rule may match: rules stop at line ends, but for
   * those of white space.
   */
  static int longestStretch(String text) {
    int longest = 0;
    int line = 0;
    int space = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      line = character == '\n' ? 0 : line + 1;
      space = Character.isWhitespace(character) ? space + 1 : 0;
      longest = Math.max(longest, Math.max(line, space));
    }
    return longest;
  }
}
