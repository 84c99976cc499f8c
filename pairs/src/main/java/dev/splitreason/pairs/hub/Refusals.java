package dev.splitreason.pairs.hub;

import dev.splitreason.core.file.FileProblem;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** What the hub means when it does not give what it was asked for. */
final class Refusals {

  private Refusals() {}

  static HubException of(HttpResponse<?> response, HubSettings settings, HubName name) {
    String code = response.headers().firstValue("X-Error-Code").orElse("");
    return new HubException(
        switch (response.statusCode()) {
          case 401 -> unknown(settings, name);
          case 403 ->
              "%s is gated: accept its terms at %s/%s, and set HF_TOKEN to a token of that account"
                  .formatted(name, settings.endpoint(), name.repository());
          case 404 ->
              switch (code) {
                case "RevisionNotFound" -> name + ": there is no revision " + name.revision();
                case "EntryNotFound" -> name + ": a file that the hub lists is not there";
                default -> unknown(settings, name);
              };
          case 429 ->
              "%s asks to wait %s s: too many requests; a token (HF_TOKEN) may ask for more"
                  .formatted(
                      settings.endpoint(),
                      pause(response.headers(), Duration.ofSeconds(60)).toSeconds());
          default ->
              "%s answers %d for %s".formatted(settings.endpoint(), response.statusCode(), name);
        });
  }

  /** The hub does not tell a private repository from none. */
  private static String unknown(HubSettings settings, HubName name) {
    return settings.token() == null
        ? "%s: no such repository at %s, or not a public one: set HF_TOKEN to a token that may read it"
            .formatted(name, settings.endpoint())
        : "%s: no such repository at %s, or the token may not read it (HF_TOKEN or the token file)"
            .formatted(name, settings.endpoint());
  }

  /** The pause that an answer asks for, or else what is usual. */
  static Duration pause(HttpHeaders headers, Duration usual) {
    String asked = headers.firstValue("Retry-After").orElse("");
    return asked.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(asked)) : usual;
  }

  static String words(IOException e) {
    return e instanceof HttpTimeoutException ? "it takes too long" : FileProblem.of(e);
  }
}
