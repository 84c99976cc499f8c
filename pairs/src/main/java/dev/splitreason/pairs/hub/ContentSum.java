package dev.splitreason.pairs.hub;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The sum of a file that grows. Large files are named by their SHA-256, others by git's SHA-1 of a
 * blob; names of any other length are taken as they are.
 */
final class ContentSum {

  private static final int SHA_256 = 64;
  private static final int SHA_1 = 40;

  private final HubFile file;
  private final @Nullable MessageDigest digest;

  private ContentSum(HubFile file) {
    this.file = file;
    this.digest =
        switch (file.sum().length()) {
          case SHA_256 -> digest("SHA-256");
          case SHA_1 -> digest("SHA-1");
          default -> null;
        };
    begin();
  }

  static ContentSum of(HubFile file) {
    return new ContentSum(file);
  }

  private void begin() {
    if (digest != null && file.sum().length() == SHA_1) {
      digest.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.UTF_8));
    }
  }

  void restart() {
    if (digest != null) {
      digest.reset();
    }
    begin();
  }

  void add(byte[] bytes, int count) {
    if (digest != null) {
      digest.update(bytes, 0, count);
    }
  }

  /** Adds the first bytes of a file. */
  void addAll(Path path, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 20];
    long left = bytes;
    try (InputStream in = Files.newInputStream(path)) {
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException(path + " became shorter");
        }
        add(buffer, count);
        left -= count;
      }
    }
  }

  /** Whether all of it is what its name says; asked once, at the end. */
  boolean isRight() {
    return digest == null || HexFormat.of().formatHex(digest.digest()).equals(file.sum());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has " + algorithm, e);
    }
  }
}
