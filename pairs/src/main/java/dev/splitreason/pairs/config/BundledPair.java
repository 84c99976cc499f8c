package dev.splitreason.pairs.config;

import dev.splitreason.core.trace.SpanSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pair that comes along: chain arithmetic, small enough to live in the repository.
 *
 * @param small writes the tags
 * @param large writes the spans
 * @param base the small model before it learned to offload
 */
record BundledPair(ModelSettings small, ModelSettings large, ModelSettings base) {

  static final String NAME = "chain";
  static final String SMALL_FILE = "small-split.gguf";

  /** Its spans are the two middle digits of a product: any longer look would be thrown away. */
  private static final int CHUNK = 2;

  /** Far above any span it learned, far below its context of 512 tokens. */
  private static final int SPAN_CAP = 64;

  private static final String LARGE_FILE = "large.gguf";
  private static final String BASE_FILE = "small.gguf";

  /** Where the build puts the files into this module's jar. */
  private static final String RESOURCES = "dev/splitreason/pairs/chain/";

  /**
   * The pair as it is installed or, for a program that has only jars, on the class path.
   *
   * @return null if it is nowhere
   */
  static @Nullable BundledPair find(Map<String, String> environment) {
    Path folder = Installation.models(environment);
    if (folder != null) {
      return in(folder);
    }
    BundledPair onClassPath = of(file -> new ModelLocation.ClassPathFile(RESOURCES + file));
    return onClassPath.small.location().bytes() > 0 ? onClassPath : null;
  }

  static BundledPair in(Path folder) {
    return of(file -> new ModelLocation.GgufFile(folder.resolve(file)));
  }

  private static BundledPair of(Function<String, ModelLocation> place) {
    return new BundledPair(
        model("chain-small-split", place.apply(SMALL_FILE)),
        model("chain-large", place.apply(LARGE_FILE)),
        model("chain-small", place.apply(BASE_FILE)));
  }

  List<ModelSettings> models() {
    return List.of(small, large, base);
  }

  PairSettings pair() {
    return new PairSettings(NAME, small, large, base, null, null, SpanSettings.of(CHUNK, SPAN_CAP));
  }

  private static ModelSettings model(String name, ModelLocation place) {
    return ModelSettings.of(name, place).withTemplate("chain");
  }
}
