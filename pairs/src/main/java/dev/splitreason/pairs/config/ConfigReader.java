package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.text.Suggestion;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.engine.llamacpp.KvType;
import dev.splitreason.engine.openai.OpenAiOptions;
import dev.splitreason.engine.openai.OpenAiOptions.Use;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code splitreason.yaml}, section by section. Relative paths are relative to the file.
 * docs/configuration.md is its reference.
 */
final class ConfigReader {

  private final Path file;
  private final Path folder;
  private final Map<String, ModelSettings> models;
  private final Map<String, PairSettings> pairs;

  /**
   * A reader of one file.
   *
   * @param models known already; the file's are added, and win
   * @param pairs known already; the file's are added, and win
   */
  ConfigReader(Path file, Map<String, ModelSettings> models, Map<String, PairSettings> pairs) {
    this.file = file;
    this.folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    this.models = models;
    this.pairs = pairs;
  }

  /**
   * Reads the file's text.
   *
   * @throws UserMistake with file and line, if it is wrong
   */
  Config read(String text) {
    YamlSection root = YamlSection.parse(file, text);
    YamlSection modelSections = root.section("models");
    for (String name : modelSections.names()) {
      models.put(name, model(name, modelSections));
    }
    YamlSection pairSections = root.section("pairs");
    for (String name : pairSections.names()) {
      pairs.put(name, pair(name, pairSections.section(name)));
    }
    RequestSettings defaults = defaults(root.section("defaults"));
    String defaultPair = root.text("default-pair");
    root.end();
    if (defaultPair != null && !pairs.containsKey(defaultPair)) {
      throw root.error(
          "default-pair",
          "names no pair: '" + defaultPair + "'" + Suggestion.after(defaultPair, pairs.keySet()));
    }
    return new Config(
        models, pairs, defaultPair == null ? BundledPair.NAME : defaultPair, defaults, file);
  }

  private ModelSettings model(String name, YamlSection models) {
    if (!models.isSection(name)) {
      ModelLocation location = models.text(name, this::location);
      if (location == null) {
        throw models.error(name, "must be a GGUF file, URL#model, or 'key: value' lines");
      }
      return ModelSettings.of(name, location);
    }
    YamlSection section = models.section(name);
    ModelLocation path = section.text("path", this::location);
    ModelLocation url = section.text("url", this::location);
    String template = section.text("template", this::template);
    Integer context = section.integer("context", 0);
    Integer threads = section.integer("threads", 0);
    Integer gpuLayers = section.integer("gpu-layers", 0);
    KvType kvType = section.choice("kv-type", KvType.class);
    ServerSettings server = server(section);
    section.end();
    ModelLocation location = path == null ? url : path;
    if (location == null || (path != null && url != null)) {
      throw models.error(name, "needs either a path (GGUF file) or a url (URL#model)");
    }
    return new ModelSettings(
        name,
        location,
        template,
        context == null ? 0 : context,
        threads == null ? 0 : threads,
        gpuLayers == null ? ModelSettings.ALL_LAYERS : gpuLayers,
        kvType == null ? KvType.AUTO : kvType,
        server);
  }

  private static ServerSettings server(YamlSection model) {
    String apiKeyVariable = model.text("api-key-env");
    Duration timeout = model.text("timeout", ConfigReader::timeout);
    Integer attempts = model.integer("attempts", 1);
    return new ServerSettings(
        apiKeyVariable,
        timeout == null ? OpenAiOptions.DEFAULT_TIMEOUT : timeout,
        attempts == null ? OpenAiOptions.DEFAULT_ATTEMPTS : attempts,
        use(model.flag("token-ids")),
        use(model.flag("scoring")),
        use(model.flag("logit-bias")));
  }

  private static Use use(@Nullable Boolean wanted) {
    return wanted == null ? Use.IF_THERE : wanted ? Use.ALWAYS : Use.NEVER;
  }

  private static Duration timeout(String text) {
    Duration timeout = TimeLimit.parse(text);
    if (timeout.isZero()) {
      throw new UserMistake("it must be above 0");
    }
    return timeout;
  }

  private PairSettings pair(String name, YamlSection section) {
    ModelSettings small = member("small", section);
    ModelSettings large = member("large", section);
    ModelSettings base = member("base", section);
    String template = section.text("template", this::template);
    String smallTemplate = section.text("small-template", this::template);
    String largeTemplate = section.text("large-template", this::template);
    TagSpelling tags = tags(section);
    Integer chunk = section.integer("chunk", 1);
    Integer spanCap = section.integer("span-cap", 1);
    section.end();
    if (small == null) {
      throw section.error("small", "is missing: a pair needs a small and a large model");
    }
    if (large == null) {
      throw section.error("large", "is missing: a pair needs a small and a large model");
    }
    return new PairSettings(
        name,
        small,
        large,
        base,
        smallTemplate == null ? template : smallTemplate,
        largeTemplate == null ? template : largeTemplate,
        new SpanSettings(
            tags,
            chunk == null ? SpanSettings.DEFAULT.chunk() : chunk,
            spanCap == null ? SpanSettings.DEFAULT.cap() : spanCap));
  }

  private @Nullable ModelSettings member(String role, YamlSection pair) {
    String text = pair.text(role);
    if (text == null) {
      return null;
    }
    ModelSettings named = models.get(text);
    if (named != null) {
      return named;
    }
    if (!text.contains("/") && !text.endsWith(".gguf")) {
      throw pair.error(
          role,
          "names no model under 'models:': '"
              + text
              + "'"
              + Suggestion.after(text, models.keySet()));
    }
    ModelLocation location = pair.text(role, this::location);
    return location == null ? null : ModelSettings.of(text, location);
  }

  private static TagSpelling tags(YamlSection pair) {
    YamlSection section = pair.section("tags");
    String open = section.text("open");
    String close = section.text("close");
    section.end();
    if (open == null && close == null) {
      return TagSpelling.BIGMODEL;
    }
    if (open == null || close == null) {
      throw pair.error("tags", "needs both open and close");
    }
    try {
      return new TagSpelling(open, close);
    } catch (UserMistake e) {
      throw pair.error("tags", "is wrong: " + e.getMessage());
    }
  }

  private static RequestSettings defaults(YamlSection section) {
    RequestSettings settings =
        new RequestSettings(
            section.text("policy", Policy::parse),
            section.number("max-offload-ratio"),
            section.number("offload-bias"),
            section.number("temperature"),
            section.integer("top-k", 0),
            section.number("top-p"),
            section.number("min-p"),
            section.number("repetition-penalty"),
            section.integer("seed"),
            section.integer("max-tokens", 1),
            section.text("time-limit", TimeLimit::parse),
            section.flag("sequential"));
    section.end();
    section.check(settings::toOptions);
    return settings;
  }

  private ModelLocation location(String text) {
    return ModelLocation.parse(text, folder);
  }

  /** A template's built-in name, or the path of its file: that has a dot or a slash in it. */
  private String template(String text) {
    return text.contains(".") || text.contains("/") ? folder.resolve(text).toString() : text;
  }
}
