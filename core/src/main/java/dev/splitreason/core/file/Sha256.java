package dev.splitreason.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The sum by which a content is known again (FIPS 180-4): 32 bytes, or 64 hexadecimal digits. */
public final class Sha256 {

  private Sha256() {}

  /** A sum of parts that are still to come. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** The digits of a sum whose parts are all there. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digits of these bytes' sum. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(begin().digest(bytes));
  }

  /**
   * The digits of the sum of all that a stream gives; closes it.
   *
   * @throws IOException if it cannot be read to its end
   */
  public static String hex(InputStream in) throws IOException {
    try (var digest = new DigestInputStream(in, begin())) {
      digest.transferTo(OutputStream.nullOutputStream());
      return hex(digest.getMessageDigest());
    }
  }
}
