package dev.splitreason.server.access;

import dev.splitreason.core.file.Sha256;
import dev.splitreason.server.config.KeySettings;
import dev.splitreason.server.limit.Allowance;
import dev.splitreason.server.limit.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are known, as hashes. A key has 256 random bits, so a plain SHA-256 of it tells
 * nobody anything; how long a comparison takes depends on no key.
 */
public final class ApiKeys {

  private static final int BYTES = 32;

  private record Known(byte[] hash, Caller caller) {}

  private final List<Known> known = new ArrayList<>();

  /** Keys of these settings, by name. */
  public ApiKeys(Map<String, KeySettings> settings) {
    settings.forEach(
        (name, key) ->
            known.add(
                new Known(
                    HexFormat.of().parseHex(key.sha256()),
                    new Caller(name, new Allowance(key.answersAtOnce(), key.tokensPerMinute())))));
  }

  /** A key that nobody has yet. */
  public static String newKey() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return "sk-" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** What settings have of a key, in hexadecimal digits. */
  public static String hash(String key) {
    return HexFormat.of().formatHex(sha256(key));
  }

  /** Whether there are none, so that everybody may ask. */
  public boolean areOff() {
    return known.isEmpty();
  }

  /** Whose key it is; null if it is nobody's. */
  public @Nullable Caller find(String key) {
    byte[] hash = sha256(key);
    Caller found = null;
    for (Known one : known) {
      // All of them are compared, so that the time tells nothing.
      found = MessageDigest.isEqual(one.hash(), hash) ? one.caller() : found;
    }
    return found;
  }

  private static byte[] sha256(String key) {
    return Sha256.begin().digest(key.getBytes(StandardCharsets.UTF_8));
  }
}
