package dev.splitreason.pairs.config;

import dev.splitreason.core.trace.SpanSettings;
import java.nio.file.Path;
import java.util.List;

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

  static BundledPair in(Path folder) {
    return new BundledPair(
        model("chain-small-split", folder.resolve(SMALL_FILE)),
        model("chain-large", folder.resolve("large.gguf")),
        model("chain-small", folder.resolve("small.gguf")));
  }

  List<ModelSettings> models() {
    return List.of(small, large, base);
  }

  PairSettings pair() {
    return new PairSettings(NAME, small, large, base, null, null, SpanSettings.of(CHUNK, SPAN_CAP));
  }

  private static ModelSettings model(String name, Path file) {
    return ModelSettings.of(name, new ModelLocation.GgufFile(file)).withTemplate("chain");
  }
}
