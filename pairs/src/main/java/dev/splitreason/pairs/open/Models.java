package dev.splitreason.pairs.open;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.engine.llamacpp.UserCache;
import dev.splitreason.engine.openai.OpenAiModel;
import dev.splitreason.engine.openai.OpenAiOptions;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.ServerSettings;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;

/** Opens models: the one place that knows which engine runs which kind of location. */
public final class Models {

  /** One answer needs one sequence of each model, and a fork of it to look ahead. */
  private static final int SESSIONS = 2;

  private Models() {}

  /**
   * Opens a model for one answer at a time.
   *
   * @throws dev.splitreason.core.model.ModelException if it cannot be loaded
   * @throws dev.splitreason.core.error.UserMistake if its API key is not there
   */
  public static OpenModel open(ModelSettings settings) {
    return open(settings, SESSIONS);
  }

  /**
   * Opens a model for several answers at a time.
   *
   * @param sessions how many may be open at once
   * @throws dev.splitreason.core.model.ModelException if it cannot be loaded
   * @throws dev.splitreason.core.error.UserMistake if its API key is not there
   */
  public static OpenModel open(ModelSettings settings, int sessions) {
    return open(settings, sessions, OpenAiOptions.DEFAULT_CONNECT_LIMIT);
  }

  /**
   * Opens a model.
   *
   * @param sessions how many may be open at once
   * @param connectLimit the longest time to connect to a server
   * @throws dev.splitreason.core.model.ModelException if it cannot be loaded
   * @throws dev.splitreason.core.error.UserMistake if its API key is not there
   */
  public static OpenModel open(ModelSettings settings, int sessions, Duration connectLimit) {
    return switch (settings.location()) {
      case ModelLocation.GgufFile(Path file) -> embedded(file, settings, sessions);
      case ModelLocation.ClassPathFile resource -> embedded(unpacked(resource), settings, sessions);
      case ModelLocation.Served served -> served(served, settings, connectLimit);
    };
  }

  private static Path unpacked(ModelLocation.ClassPathFile resource) {
    URL url = resource.url();
    if (url == null) {
      throw new ModelException(Kind.NOT_LOADABLE, "there is no " + resource);
    }
    try {
      return UserCache.ofUser().file(url, "models");
    } catch (IOException e) {
      throw new ModelException(
          Kind.NOT_LOADABLE, resource + " cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static OpenModel served(
      ModelLocation.Served served, ModelSettings settings, Duration connectLimit) {
    ServerSettings server = settings.server();
    OpenAiModel model =
        OpenAiModel.connect(
            OpenAiOptions.of(served.url(), served.model())
                .withApiKey(server.apiKey(System.getenv()))
                .withPatience(server.timeout(), server.attempts())
                .withConnectLimit(connectLimit)
                .withContextLength(settings.context())
                .using(server.tokenIds(), server.scoring(), server.logitBias()));
    return new OpenModel(settings, model, tags -> null, null);
  }

  private static OpenModel embedded(Path file, ModelSettings settings, int sessions) {
    LlamaCppModel model =
        LlamaCppModel.load(
            file,
            LlamaCppOptions.DEFAULTS
                .withContextLength(settings.context())
                .withThreads(settings.threads())
                .withGpuLayers(settings.gpuLayers())
                .withKvType(settings.kvType())
                .withAnyArchitecture(settings.unsafe())
                .withMaxSessions(sessions));
    return new OpenModel(settings, model, model::template, model.fileType());
  }
}
