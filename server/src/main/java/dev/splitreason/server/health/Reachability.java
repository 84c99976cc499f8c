package dev.splitreason.server.health;

import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which servers of remote models answer, as far as is known: each is asked for its list of models
 * again and again, in the background. A server that answers, if only to want a key, is there.
 */
public final class Reachability implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration BOUND = Duration.ofSeconds(3);
  private static final int SERVER_ERROR = 500;

  private final HttpClient client;
  private final Duration interval;
  private final Duration bound;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  /** Of the models that are on servers; it is off for all others. */
  public Reachability(Collection<ModelSettings> models) {
    this(models, INTERVAL, BOUND);
  }

  Reachability(Collection<ModelSettings> models, Duration interval, Duration bound) {
    this.client = HttpClient.newBuilder().connectTimeout(bound).build();
    this.interval = interval;
    this.bound = bound;
    for (ModelSettings model : models) {
      // Whoever opens a pair has just talked to its servers.
      if (model.location() instanceof ModelLocation.Served(String url, _)
          && known.putIfAbsent(url, true) == null) {
        Thread.ofVirtual().name("asks " + url).start(() -> ask(url));
      }
    }
  }

  /** Whether a model is in this process, or its server answered when it was last asked. */
  public boolean reaches(ModelSettings model) {
    return !(model.location() instanceof ModelLocation.Served(String url, _))
        || known.getOrDefault(url, true);
  }

  private void ask(String url) {
    try {
      URI models = URI.create(url.replaceFirst("/*$", "/models"));
      HttpRequest request = HttpRequest.newBuilder(models).timeout(bound).build();
      while (!client.isTerminated()) {
        known.put(url, answers(request));
        Thread.sleep(interval);
      }
    } catch (IllegalArgumentException e) {
      known.put(url, false); // no address, as opening the pair says
    } catch (InterruptedException e) {
      // Nobody wants to know any more.
    }
  }

  private boolean answers(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
          < SERVER_ERROR;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
