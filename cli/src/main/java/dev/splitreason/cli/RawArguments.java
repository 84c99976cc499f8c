package dev.splitreason.cli;

import dev.splitreason.core.error.UserMistake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments as the user typed them. Java decodes them by the locale: without one, as in a bare
 * container, every letter beyond ASCII becomes U+FFFD, and so does every byte that is wrong. Linux
 * still has the bytes.
 */
final class RawArguments {

  private static final Path OWN_COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final char REPLACEMENT = '\uFFFD';

  private RawArguments() {}

  /**
   * The arguments, read as UTF-8.
   *
   * @throws UserMistake if one is not UTF-8
   */
  static String[] decoded(String[] args) {
    for (String argument : args) {
      if (argument.indexOf(REPLACEMENT) >= 0) {
        return fromBytes(args);
      }
    }
    return args;
  }

  private static String[] fromBytes(String[] args) {
    try {
      return last(args.length, Files.readAllBytes(OWN_COMMAND_LINE));
    } catch (IOException e) {
      throw new UserMistake("an argument is not text in this locale's encoding", e);
    }
  }

  /** The last arguments of a command line in which each ends in a NUL byte. */
  static String[] last(int count, byte[] commandLine) {
    List<byte[]> raw = split(commandLine);
    String[] decoded = new String[count];
    for (int i = 0; i < count; i++) {
      try {
        ByteBuffer bytes = ByteBuffer.wrap(raw.get(raw.size() - count + i));
        decoded[i] = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      } catch (CharacterCodingException e) {
        throw new UserMistake("argument " + (i + 1) + " is not UTF-8 text", e);
      }
    }
    return decoded;
  }

  private static List<byte[]> split(byte[] commandLine) {
    List<byte[]> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        pieces.add(Arrays.copyOfRange(commandLine, start, i));
        start = i + 1;
      }
    }
    return pieces;
  }
}
