package dev.splitreason.server.limit;

/**
 * Who asks.
 *
 * @param name as the settings call the key, for logs
 * @param allowance how much the key may have
 */
public record Caller(String name, Allowance allowance) {

  /** Whoever asks a server that wants no keys. */
  public static final Caller ANYBODY = new Caller("anybody", new Allowance(null, null));
}
