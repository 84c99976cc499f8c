package dev.splitreason.cli.options;

import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A text that is an argument, or comes on stdin for {@code -} or no argument at all. */
public final class TextArgument {

  /** Far more than any model's context. */
  private static final int MOST_BYTES = 64 << 20;

  /** Some editors begin files with it; to a model it would be a character of the question. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private TextArgument() {}

  /**
   * Reads the text, exactly as it is but for a byte order mark before it.
   *
   * @param what the text is, for messages: {@code question}
   * @param stdinIsTerminal whether a person would have to type the text in; without an argument
   *     that is an error rather than a silent wait
   * @throws UserMistake if there is no text, or it is not UTF-8
   */
  public static String read(
      String what, @Nullable String argument, InputStream stdin, BooleanSupplier stdinIsTerminal)
      throws IOException {
    if (argument != null && !argument.equals("-")) {
      return argument;
    }
    if (argument == null && stdinIsTerminal.getAsBoolean()) {
      throw new UserMistake("no " + what, "give it as an argument or on stdin");
    }
    byte[] bytes = stdin.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new UserMistake(
          "the " + what + " on stdin is longer than " + (MOST_BYTES >> 20) + " MiB");
    }
    return decode(what, bytes);
  }

  private static String decode(String what, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new UserMistake(
          "the " + what + " on stdin is not UTF-8 text: wrong byte at offset " + in.position());
    }
    String text = out.flip().toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
  }
}
