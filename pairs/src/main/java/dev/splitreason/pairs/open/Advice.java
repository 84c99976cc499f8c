package dev.splitreason.pairs.open;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.config.RequestSettings.Decoding;
import dev.splitreason.pairs.config.RequestSettings.Draws;
import dev.splitreason.pairs.config.RequestSettings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * How a model's makers say that it should be asked: by the keys {@code general.sampling.*} of its
 * GGUF file, by {@code generation_config.json} beside it, or as they published it.
 *
 * @param sampling what they say of it; {@link Draws#NONE} if nothing
 * @param maxTokens the length of answers that they measured with, or null if that is not known
 * @param source where it is said, or null if nowhere
 */
public record Advice(Draws sampling, @Nullable Integer maxTokens, @Nullable String source) {

  private static final Advice NONE = new Advice(Draws.NONE, null, null);

  /** What models that think are measured with (arXiv 2501.12948, section 3). */
  private static final int THINKING_TOKENS = 32_768;

  /** What DeepSeek-R1 and its distilled models are measured with (arXiv 2501.12948, section 3). */
  private static final Draws R1 = new Draws(0.6, null, 0.95, null, null, null);

  private static final String R1_SOURCE = "arXiv 2501.12948";

  /** The advice that a model comes with. */
  public static Advice of(ModelSettings model) {
    if (model.location() instanceof ModelLocation.Served(var _, String name)) {
      // Servers do not tell it; what is published is known by the name.
      return isR1(name) ? new Advice(R1, THINKING_TOKENS, R1_SOURCE) : NONE;
    }
    if (!(model.location() instanceof ModelLocation.GgufFile(Path file))
        || !Files.isRegularFile(file)) {
      return NONE;
    }
    GgufFile header = GgufFile.read(file);
    Integer length = thinks(header) ? THINKING_TOKENS : null;
    Draws stored = stored(header);
    if (!stored.equals(Draws.NONE)) {
      return new Advice(stored, length, "the file");
    }
    Draws configured = configured(file.resolveSibling("generation_config.json"));
    if (!configured.equals(Draws.NONE)) {
      return new Advice(configured, length, "generation_config.json");
    }
    String name = header.text("general.name");
    return name != null && isR1(name)
        ? new Advice(R1, length, R1_SOURCE)
        : new Advice(Draws.NONE, length, null);
  }

  /** The advice of the first of some models that comes with any: both of a pair are asked alike. */
  public static Advice ofFirst(List<ModelSettings> models) {
    List<Advice> all = models.stream().map(Models::located).map(Advice::of).toList();
    return all.stream()
        .filter(advice -> advice.source() != null)
        .findFirst()
        .orElse(all.getFirst());
  }

  private static boolean isR1(String name) {
    return name.replace(' ', '-').contains("DeepSeek-R1");
  }

  /** What this says of sampling alone, to be put behind what others say. */
  public RequestSettings draws() {
    return new RequestSettings(Decoding.NONE, sampling, Limits.NONE);
  }

  /** What this says, to be put behind what others say. */
  public RequestSettings request() {
    return new RequestSettings(Decoding.NONE, sampling, new Limits(maxTokens, null, null, null));
  }

  /** Its template knows where thinking ends, and it was trained for the length that takes. */
  private static boolean thinks(GgufFile file) {
    String template = file.text("tokenizer.chat_template");
    String architecture = file.text("general.architecture");
    Long context = file.whole(architecture + ".context_length");
    return template != null
        && template.contains("</think>")
        && context != null
        && context >= THINKING_TOKENS;
  }

  private static Draws stored(GgufFile file) {
    return draws(
        number(file, "temp"),
        number(file, "top_k"),
        number(file, "top_p"),
        number(file, "min_p"),
        number(file, "penalty_repeat"));
  }

  private static @Nullable Double number(GgufFile file, String key) {
    return switch (file.metadata().get("general.sampling." + key)) {
      // As it was written: 0.6 and not 0.6000000238.
      case GgufValue.Real(var _, double value) -> Double.valueOf(Float.toString((float) value));
      case GgufValue.Whole(var _, long value) -> (double) value;
      case null, default -> null;
    };
  }

  /** What transformers takes from there; without sampling it is greedy. */
  private static Draws configured(Path file) {
    JsonNode config;
    try {
      config = Files.isRegularFile(file) ? Json.MAPPER.readTree(Files.readAllBytes(file)) : null;
    } catch (IOException | JacksonException e) {
      return Draws.NONE;
    }
    if (config == null || !config.path("do_sample").isBoolean()) {
      return Draws.NONE;
    }
    return config.path("do_sample").booleanValue()
        ? draws(
            number(config, "temperature"),
            number(config, "top_k"),
            number(config, "top_p"),
            number(config, "min_p"),
            number(config, "repetition_penalty"))
        : draws(0.0, null, null, null, null);
  }

  private static @Nullable Double number(JsonNode config, String key) {
    return config.path(key).isNumber() ? config.path(key).doubleValue() : null;
  }

  private static Draws draws(
      @Nullable Double temperature,
      @Nullable Double topK,
      @Nullable Double topP,
      @Nullable Double minP,
      @Nullable Double repetitionPenalty) {
    return new Draws(
        temperature,
        topK == null ? null : Math.max(0, topK.intValue()),
        topP,
        minP,
        repetitionPenalty,
        null);
  }
}
