package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.engine.llamacpp.KvType;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model by name and how to load it.
 *
 * @param name as configuration and options call it
 * @param location where it is
 * @param adapter where a LoRA adapter is that changes its weights, or null for none
 * @param template the prompt template it was trained with: a built-in name or the path of a
 *     template file; null for the one stored with the weights
 * @param thinking whether it is told to think, where its template can tell it; null for what the
 *     template takes for it
 * @param context tokens a session may hold; 0 for as many as the model was made for and memory has
 *     room for
 * @param threads the most CPU threads of a batch; 0 for all cores
 * @param gpuLayers layers computed on a GPU; {@link #ALL_LAYERS} for all, where there is one
 * @param kvType how the KV cache is stored
 * @param unsafe whether its file is opened even if its architecture is not known to work
 * @param server how it is asked, if it is on a server
 */
public record ModelSettings(
    String name,
    ModelLocation location,
    @Nullable ModelLocation adapter,
    @Nullable String template,
    @Nullable Boolean thinking,
    int context,
    int threads,
    int gpuLayers,
    KvType kvType,
    boolean unsafe,
    ServerSettings server) {

  /** Every layer on the GPU, if there is one. */
  public static final int ALL_LAYERS = -1;

  /**
   * Checks that the model may have its adapter.
   *
   * @throws UserMistake if a server has the model, or the adapter is nowhere that adapters are
   */
  public ModelSettings {
    if (adapter != null && location instanceof ModelLocation.Served served) {
      throw new UserMistake(
          served + " cannot be given the adapter " + adapter,
          "a server has adapters under names of their own: write "
              + new ModelLocation.Served(served.url(), "ADAPTER"));
    }
    if (adapter instanceof ModelLocation.Served) {
      throw new UserMistake(
          "the adapter " + adapter + " is on a server", "name a GGUF file or hf:OWNER/NAME:FILE");
    }
  }

  /** A model of which only the place is known. */
  public static ModelSettings of(String name, ModelLocation location) {
    return new ModelSettings(
        name,
        location,
        null,
        null,
        null,
        0,
        0,
        ALL_LAYERS,
        KvType.AUTO,
        false,
        ServerSettings.DEFAULT);
  }

  /** The same model with CPU threads given, unless it has its own setting. */
  public ModelSettings onThreads(int share) {
    return threads == 0 ? with(copy -> copy.threads = share) : this;
  }

  /** The same model under another name. */
  public ModelSettings named(String name) {
    return with(copy -> copy.name = name);
  }

  /** The same model at another place. */
  public ModelSettings at(ModelLocation location) {
    return with(copy -> copy.location = location);
  }

  /** The same model with a LoRA adapter, or with none. */
  public ModelSettings withAdapter(@Nullable ModelLocation adapter) {
    return with(copy -> copy.adapter = adapter);
  }

  /** The same model with another context length. */
  public ModelSettings withContext(int context) {
    return with(copy -> copy.context = context);
  }

  /** The same model with another number of layers on a GPU. */
  public ModelSettings withGpuLayers(int gpuLayers) {
    return with(copy -> copy.gpuLayers = gpuLayers);
  }

  /** The same model with another prompt template. */
  public ModelSettings withTemplate(String template) {
    return with(copy -> copy.template = template);
  }

  /** The same model, told to think or not to; null for what its template takes for it. */
  public ModelSettings withThinking(@Nullable Boolean thinking) {
    return with(copy -> copy.thinking = thinking);
  }

  /** The same model, opened even if its architecture is not known to work. */
  public ModelSettings withUnsafe(boolean unsafe) {
    return with(copy -> copy.unsafe = unsafe);
  }

  /** The same model, asked otherwise if it is on a server. */
  public ModelSettings withServer(ServerSettings server) {
    return with(copy -> copy.server = server);
  }

  private ModelSettings with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new ModelSettings(
        copy.name,
        copy.location,
        copy.adapter,
        copy.template,
        copy.thinking,
        copy.context,
        copy.threads,
        copy.gpuLayers,
        copy.kvType,
        copy.unsafe,
        copy.server);
  }

  /** Settings that can still be changed. */
  private static final class Copy {
    String name;
    ModelLocation location;
    @Nullable ModelLocation adapter;
    @Nullable String template;
    @Nullable Boolean thinking;
    int context;
    int threads;
    int gpuLayers;
    KvType kvType;
    boolean unsafe;
    ServerSettings server;

    Copy(ModelSettings settings) {
      name = settings.name;
      location = settings.location;
      adapter = settings.adapter;
      template = settings.template;
      thinking = settings.thinking;
      context = settings.context;
      threads = settings.threads;
      gpuLayers = settings.gpuLayers;
      kvType = settings.kvType;
      unsafe = settings.unsafe;
      server = settings.server;
    }
  }
}
