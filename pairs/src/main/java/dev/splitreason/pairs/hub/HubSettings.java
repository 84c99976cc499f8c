package dev.splitreason.pairs.hub;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.HomeFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the hub is and how it is asked, by the environment variables of the hub's own programs.
 *
 * @param endpoint the hub's address, without a slash at its end ({@code HF_ENDPOINT})
 * @param cache the folder of all repositories ({@code HF_HUB_CACHE}, else {@code hub} in {@code
 *     HF_HOME})
 * @param token sent to the endpoint and to no other host, or null ({@code HF_TOKEN}, else the file
 *     {@code HF_TOKEN_PATH}, else {@code token} in {@code HF_HOME}); in no message and no log
 * @param offline whether only what is on disk is used ({@code HF_HUB_OFFLINE})
 */
public record HubSettings(URI endpoint, Path cache, @Nullable String token, boolean offline) {

  /** The public hub. */
  private static final String PUBLIC_HUB = "https://huggingface.co";

  private static final Set<String> YES = Set.of("1", "on", "yes", "true");

  /**
   * What an environment says.
   *
   * @throws UserMistake if the endpoint is no address
   */
  public static HubSettings of(Map<String, String> environment) {
    Path home = home(environment);
    String cache = said(environment, "HF_HUB_CACHE");
    return new HubSettings(
        endpoint(said(environment, "HF_ENDPOINT")),
        cache == null ? home.resolve("hub") : expanded(cache, environment),
        token(environment, home),
        isYes(environment, "HF_HUB_OFFLINE"));
  }

  private static Path home(Map<String, String> environment) {
    String home = said(environment, "HF_HOME");
    if (home != null) {
      return expanded(home, environment);
    }
    String xdg = said(environment, "XDG_CACHE_HOME");
    Path caches = xdg == null ? HomeFolder.of(environment).resolve(".cache") : Path.of(xdg);
    return caches.resolve("huggingface");
  }

  private static URI endpoint(@Nullable String said) {
    String address = (said == null ? PUBLIC_HUB : said).replaceFirst("/+$", "");
    try {
      URI endpoint = new URI(address);
      if (endpoint.getHost() != null
          && Set.of("http", "https").contains(String.valueOf(endpoint.getScheme()))) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new UserMistake("HF_ENDPOINT is no address of a hub: '" + address + "'");
  }

  private static @Nullable String token(Map<String, String> environment, Path home) {
    String token = said(environment, "HF_TOKEN");
    if (token != null) {
      return token;
    }
    if (isYes(environment, "HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
      return null;
    }
    String place = said(environment, "HF_TOKEN_PATH");
    try {
      String kept =
          Files.readString(place == null ? home.resolve("token") : expanded(place, environment))
              .strip();
      return kept.isEmpty() ? null : kept;
    } catch (IOException e) {
      return null; // Nobody has logged in here.
    }
  }

  private static Path expanded(String path, Map<String, String> environment) {
    return path.startsWith("~/")
        ? HomeFolder.of(environment).resolve(path.substring(2))
        : Path.of(path);
  }

  private static boolean isYes(Map<String, String> environment, String variable) {
    return YES.contains(environment.getOrDefault(variable, "").toLowerCase(Locale.ROOT));
  }

  private static @Nullable String said(Map<String, String> environment, String variable) {
    String value = environment.getOrDefault(variable, "").strip();
    return value.isEmpty() ? null : value;
  }

  /** Everything but the token. */
  @Override
  public String toString() {
    return endpoint + " in " + cache;
  }
}
