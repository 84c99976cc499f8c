package dev.splitreason.data.source;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Copies of remote files in a folder. */
final class Downloads {

  private final Path folder;
  private int count;

  Downloads(Path folder) {
    this.folder = folder;
  }

  /** Whether a location is an address, not a file. */
  static boolean isAddress(String location) {
    String lower = location.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /**
   * Fetches a file; its copy ends like the path of its address.
   *
   * @throws DataException if the server does not give it, whole
   */
  Path fetch(String address) throws InterruptedException {
    URI uri = uri(address);
    String path = uri.getPath();
    String fileName = path.substring(path.lastIndexOf('/') + 1);
    Path copy = folder.resolve(count++ + "-" + fileName);
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30))
            .build()) {
      HttpResponse<Path> response =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofFile(copy));
      if (response.statusCode() != 200) {
        throw new DataException(
            "cannot fetch " + address + ": the server answered " + response.statusCode());
      }
      long promised = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (promised >= 0 && promised != Files.size(copy)) {
        throw new DataException("cannot fetch " + address + ": it ended too early");
      }
      return copy;
    } catch (IOException e) {
      throw DataException.of("cannot fetch " + address, e);
    }
  }

  private static URI uri(String address) {
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null) {
        return uri;
      }
      throw new DataException("not an address: " + address);
    } catch (URISyntaxException e) {
      throw new DataException("not an address: " + address, e);
    }
  }
}
