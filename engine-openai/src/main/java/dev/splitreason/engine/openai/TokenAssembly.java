package dev.splitreason.engine.openai;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Token;
import dev.splitreason.engine.openai.CompletionChunk.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens of the parts of a stream. Servers send whole characters: a token that ends inside
 * one, one that is not shown and one that ends the text all come without text, so such a token
 * waits for the next part, which tells what it was.
 *
 * <p>Where the bytes of single tokens are not told, the text of a part is divided so that it is
 * complete with the last token only.
 */
final class TokenAssembly {

  /** A character is of four tokens at most; control tokens without text may stand beside it. */
  private static final int MOST_HELD = 64;

  private final ServedTokenizer tokenizer;
  private final List<Written> held = new ArrayList<>();

  /** An assembly of one stream. */
  TokenAssembly(ServedTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The tokens that are complete with a part; without the one that ends the text. */
  List<Token> accept(CompletionChunk part) {
    List<Written> silent = new ArrayList<>(held);
    List<Written> told = new ArrayList<>(part.tokens());
    held.clear();
    if (part.text().isEmpty()) {
      silent.addAll(told);
      told.clear();
    }
    if (CompletionChunk.STOP.equals(part.finish())) {
      List<Written> last = told.size() > 1 ? told : silent;
      if (!last.isEmpty()) {
        tokenizer.learnEnder(last.removeLast().id());
      }
    } else if (part.text().isEmpty() && part.finish() == null) {
      held.addAll(silent);
      if (held.size() > MOST_HELD) {
        throw new ModelException(
            ModelException.Kind.UNAVAILABLE,
            "the server sends tokens without their text, %d so far".formatted(held.size()));
      }
      return List.of();
    }
    return tokens(silent, told, part.text(), tokenizer);
  }

  private static List<Token> tokens(
      List<Written> silent, List<Written> told, String text, ServedTokenizer tokenizer) {
    List<Token> tokens = new ArrayList<>();
    List<Written> shown = new ArrayList<>();
    for (Written token : silent) {
      byte[] spelling = tokenizer.bytes(token.id());
      if (ServedTokenizer.looksLikeControl(spelling)) {
        tokens.add(new Token(token.id(), spelling));
      } else {
        shown.add(token);
      }
    }
    told.stream().filter(token -> !tokenizer.endsText(token.id())).forEach(shown::add);
    tokens.addAll(shown(shown, text.getBytes(StandardCharsets.UTF_8), tokenizer));
    return tokens;
  }

  private static List<Token> shown(List<Written> written, byte[] text, ServedTokenizer tokenizer) {
    if (written.isEmpty() && text.length > 0) {
      return retold(text, tokenizer);
    }
    byte[][] own = new byte[written.size()][];
    int end = 0;
    for (int i = 0; i < own.length; i++) {
      byte[] bytes = bytes(written.get(i), own.length == 1, tokenizer);
      boolean last = i == own.length - 1;
      if (bytes == null || !isAt(text, end, bytes, last)) {
        byte[] rest = Arrays.copyOfRange(text, end, text.length);
        if (tokenizer.omitsTokens() && !isAscii(rest)) {
          List<Token> tokens = new ArrayList<>(tokens(written, own, i));
          tokens.addAll(retold(rest, tokenizer));
          return tokens;
        }
        divide(rest, own, i);
        break;
      }
      own[i] = bytes;
      end += bytes.length;
    }
    if (own.length == 1 && text.length > 0) {
      tokenizer.learn(written.getFirst().id(), text);
    }
    return tokens(written, own, own.length);
  }

  private static boolean isAt(byte[] text, int from, byte[] part, boolean last) {
    int to = from + part.length;
    return (last ? to == text.length : to <= text.length)
        && Arrays.equals(text, from, to, part, 0, part.length);
  }

  private static byte @Nullable [] bytes(Written token, boolean alone, ServedTokenizer tokenizer) {
    if (token.bytes() != null) {
      return token.bytes();
    }
    // A token that comes alone is its text; only of several need it be known which is which.
    return alone ? tokenizer.knownBytes(token.id()) : tokenizer.bytes(token.id());
  }

  private static List<Token> tokens(List<Written> written, byte[][] bytes, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Token(written.get(i).id(), bytes[i]))
        .toList();
  }

  /** Text of which not all ids were sent, in the ids that the server itself has for it. */
  private static List<Token> retold(byte[] text, ServedTokenizer tokenizer) {
    int[] ids = tokenizer.tokenizeWithControl(new String(text, StandardCharsets.UTF_8));
    return Arrays.stream(ids).mapToObj(tokenizer::token).toList();
  }

  /** A byte for each token from one on, as far as there are any, and what is left for the last. */
  private static void divide(byte[] text, byte[][] tokens, int from) {
    int bytesBefore = Math.min(tokens.length - 1 - from, Math.max(0, text.length - 1));
    for (int i = from; i < tokens.length; i++) {
      int start = Math.min(i - from, bytesBefore);
      int end = i == tokens.length - 1 ? text.length : Math.min(start + 1, bytesBefore);
      tokens[i] = Arrays.copyOfRange(text, start, end);
    }
  }

  private static boolean isAscii(byte[] text) {
    for (byte one : text) {
      if (one < 0) {
        return false;
      }
    }
    return true;
  }
}
