package dev.splitreason.pairs.config;

import dev.splitreason.engine.llamacpp.KvType;
import org.jspecify.annotations.Nullable;

/**
 * A model by name and how to load it.
 *
 * @param name as configuration and options call it
 * @param location where it is
 * @param template the prompt template it was trained with: a built-in name or the path of a
 *     template file; null for the one stored with the weights
 * @param context tokens a session may hold; 0 for as many as the model was made for and memory has
 *     room for
 * @param threads CPU threads; 0 for a share of the cores
 * @param gpuLayers layers computed on a GPU; {@link #ALL_LAYERS} for all, where there is one
 * @param kvType how the KV cache is stored
 * @param unsafe whether its file is opened even if its architecture is not known to work
 * @param server how it is asked, if it is on a server
 */
public record ModelSettings(
    String name,
    ModelLocation location,
    @Nullable String template,
    int context,
    int threads,
    int gpuLayers,
    KvType kvType,
    boolean unsafe,
    ServerSettings server) {

  /** Every layer on the GPU, if there is one. */
  public static final int ALL_LAYERS = -1;

  /** A model of which only the place is known. */
  public static ModelSettings of(String name, ModelLocation location) {
    return new ModelSettings(
        name, location, null, 0, 0, ALL_LAYERS, KvType.AUTO, false, ServerSettings.DEFAULT);
  }

  /** The same model with CPU threads given, unless it has its own setting. */
  public ModelSettings onThreads(int share) {
    return new ModelSettings(
        name,
        location,
        template,
        context,
        threads == 0 ? share : threads,
        gpuLayers,
        kvType,
        unsafe,
        server);
  }

  /** The same model with another context length. */
  public ModelSettings withContext(int context) {
    return new ModelSettings(
        name, location, template, context, threads, gpuLayers, kvType, unsafe, server);
  }

  /** The same model with another number of layers on a GPU. */
  public ModelSettings withGpuLayers(int gpuLayers) {
    return new ModelSettings(
        name, location, template, context, threads, gpuLayers, kvType, unsafe, server);
  }

  /** The same model with another prompt template. */
  public ModelSettings withTemplate(String template) {
    return new ModelSettings(
        name, location, template, context, threads, gpuLayers, kvType, unsafe, server);
  }

  /** The same model, opened even if its architecture is not known to work. */
  public ModelSettings withUnsafe(boolean unsafe) {
    return new ModelSettings(
        name, location, template, context, threads, gpuLayers, kvType, unsafe, server);
  }

  /** The same model, asked otherwise if it is on a server. */
  public ModelSettings withServer(ServerSettings server) {
    return new ModelSettings(
        name, location, template, context, threads, gpuLayers, kvType, unsafe, server);
  }
}
