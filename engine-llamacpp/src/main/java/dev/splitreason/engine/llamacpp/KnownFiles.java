package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.file.Sha256;
import dev.splitreason.core.gguf.GgufFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;

/** Headers of files that come along and were tried when they were made: they cost no trial. */
final class KnownFiles {

  /** One a line: SHA-256 of the bytes before the weights, then a name for people. */
  private static final String LIST = "known-files.txt";

  /** What comes along is small; of larger headers the sum would take longer than it saves. */
  private static final int LARGEST_HEADER = 256 << 10;

  private static final Set<String> SUMS = read();

  private KnownFiles() {}

  static boolean contains(GgufFile file) {
    return file.dataOffset() <= LARGEST_HEADER && SUMS.contains(sum(file));
  }

  /** SHA-256 of the bytes before the weights. */
  static String sum(GgufFile file) {
    try (InputStream in = Files.newInputStream(file.path())) {
      return Sha256.hex(in.readNBytes((int) file.dataOffset()));
    } catch (IOException e) {
      return "";
    }
  }

  private static Set<String> read() {
    InputStream list = KnownFiles.class.getResourceAsStream(LIST);
    if (list == null) {
      return Set.of();
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
