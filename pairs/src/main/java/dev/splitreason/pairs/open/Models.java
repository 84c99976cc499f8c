package dev.splitreason.pairs.open;

import dev.splitreason.core.gguf.RowDecoder;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.prompt.ChatTemplate;
import dev.splitreason.engine.llamacpp.GgmlRows;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.engine.llamacpp.UserCache;
import dev.splitreason.engine.openai.OpenAiModel;
import dev.splitreason.engine.openai.OpenAiOptions;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.ServerSettings;
import dev.splitreason.pairs.hub.Hub;
import dev.splitreason.pairs.library.LmStudioLibrary;
import dev.splitreason.pairs.library.OllamaLibrary;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
    return open(settings, sessions, 0, 0, OpenAiOptions.DEFAULT_CONNECT_LIMIT);
  }

  /**
   * Opens a model.
   *
   * @param sessions how many may be open at once
   * @param cacheTokens that all of them hold together, of a model in this process; 0 for what one
   *     of full length holds
   * @param cores the most CPU threads of all models of this process together; 0 for one a core
   * @param connectLimit the longest time to connect to a server
   * @throws dev.splitreason.core.model.ModelException if it cannot be loaded
   * @throws dev.splitreason.core.error.UserMistake if its API key is not there
   */
  public static OpenModel open(
      ModelSettings settings, int sessions, int cacheTokens, int cores, Duration connectLimit) {
    return switch (settings.location()) {
      case ModelLocation.OnHub _, ModelLocation.OfOllama _, ModelLocation.OfLmStudio _ ->
          open(located(settings), sessions, cacheTokens, cores, connectLimit);
      case ModelLocation.GgufFile(Path file) ->
          embedded(file, settings, sessions, cacheTokens, cores);
      case ModelLocation.ClassPathFile resource ->
          embedded(unpacked(resource), settings, sessions, cacheTokens, cores);
      case ModelLocation.Served served -> served(served, settings, connectLimit);
    };
  }

  /**
   * Reads the weights of GGUF files whatever they are stored as, by the embedded engine's own code.
   *
   * @throws dev.splitreason.core.model.ModelException if there is no engine for this machine
   */
  public static RowDecoder storedRows() {
    return GgmlRows.ofRuntime();
  }

  /**
   * The same model with its file known where only a name was told; fetched, if it is on the hub and
   * not on this disk.
   *
   * @throws dev.splitreason.core.model.ModelException if it cannot be had
   * @throws dev.splitreason.core.error.UserMistake if the name does not say which of several
   */
  public static ModelSettings located(ModelSettings settings) {
    ModelLocation adapter = settings.adapter();
    return settings
        .at(located(settings.location()))
        .withAdapter(adapter == null ? null : located(adapter));
  }

  private static ModelLocation located(ModelLocation location) {
    return switch (location) {
      case ModelLocation.OnHub(var name) -> new ModelLocation.GgufFile(Hub.ofUser().gguf(name));
      case ModelLocation.OfOllama(var name) ->
          new ModelLocation.GgufFile(OllamaLibrary.of(System.getenv()).file(name));
      case ModelLocation.OfLmStudio(var name) ->
          new ModelLocation.GgufFile(LmStudioLibrary.of(System.getenv()).file(name));
      case ModelLocation.GgufFile _, ModelLocation.ClassPathFile _, ModelLocation.Served _ ->
          location;
    };
  }

  /** The file of an adapter, or null for none. */
  private static @Nullable Path adapter(ModelSettings settings) {
    ModelLocation adapter = settings.adapter();
    return adapter != null && located(adapter) instanceof ModelLocation.GgufFile(Path file)
        ? file
        : null;
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
    return new OpenModel(settings, model, tags -> model.template(tags, settings.thinking()), null);
  }

  private static OpenModel embedded(
      Path file, ModelSettings settings, int sessions, int cacheTokens, int cores) {
    LlamaCppModel model =
        LlamaCppModel.load(
            file,
            LlamaCppOptions.DEFAULTS
                .withContextLength(settings.context())
                .withThreads(settings.threads())
                .withCores(cores)
                .withGpuLayers(settings.gpuLayers())
                .withKvType(settings.kvType())
                .withAnyArchitecture(settings.unsafe())
                .withCacheTokens(cacheTokens)
                .withAdapter(adapter(settings))
                .withMaxSessions(sessions));
    return new OpenModel(
        settings,
        model,
        tags -> {
          ChatTemplate stored = model.chatTemplate();
          return stored == null ? null : stored.toPrompts(tags, settings.thinking());
        },
        model.fileType());
  }
}
