package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.HomeFolder;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.text.Suggestion;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.files.settings.ConfigFile;
import dev.splitreason.files.settings.ConfigFile.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code splitreason.yaml}, and reads it over the bundled pair. Relative paths are relative
 * to the file. docs/configuration.md is its reference.
 */
public final class ConfigReader {

  /** The sections of the file that are read here; whoever reads another one leaves these alone. */
  public static final List<String> SECTIONS =
      List.of("default-pair", "models", "pairs", "defaults");

  /** The section of the server, which reads it itself. */
  public static final String SERVER_SECTION = "server";

  private static final ConfigFile FORMAT =
      ConfigFile.PLAIN.with(PolicyChoice.class, PolicyChoice::parse).leaving(SERVER_SECTION);

  private final @Nullable Path file;
  private final Path folder;
  private final Located<Sections> read;
  private final Map<String, ModelSettings> models = new HashMap<>();
  private final Map<String, PairSettings> pairs = new HashMap<>();

  /** The file's sections. */
  record Sections(
      @Nullable String defaultPair,
      Map<String, ModelSection> models,
      Map<String, PairSection> pairs,
      RequestSettings defaults) {}

  /** A pair as it is written; meanings are those of {@link PairSettings}. */
  record PairSection(
      String small,
      String large,
      @Nullable String base,
      @Nullable String template,
      @Nullable String smallTemplate,
      @Nullable String largeTemplate,
      @Nullable TagSpelling tags,
      @Nullable Integer chunk,
      @Nullable Integer spanCap,
      @Nullable PolicyChoice policy) {

    PairSection {
      ModelSection.requireAtLeast(1, "chunk", chunk);
      ModelSection.requireAtLeast(1, "span-cap", spanCap);
    }
  }

  ConfigReader(@Nullable Path file) throws IOException {
    this.file = file;
    Path parent = file == null ? null : file.toAbsolutePath().getParent();
    this.folder = parent == null ? Path.of("") : parent;
    var unset = new Sections(null, Map.of(), Map.of(), RequestSettings.NONE);
    this.read = FORMAT.locate(unset, file, List.of());
  }

  /**
   * The configuration of this run: the bundled pair, and over it the file, if there is one.
   *
   * @param chosen the file that the user named, or null to look at the usual place
   * @throws UserMistake with file and line, if the file is wrong
   * @throws IOException if it cannot be read
   */
  public static Config load(@Nullable Path chosen, Map<String, String> environment)
      throws IOException {
    Path usual = usualPlace(environment);
    Path file = chosen == null && Files.exists(usual) ? usual : chosen;
    return new ConfigReader(file).over(BundledPair.find(environment));
  }

  /** Where the file is looked for (XDG Base Directory Specification). */
  private static Path usualPlace(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path configHome = xdg.isBlank() ? HomeFolder.of(environment).resolve(".config") : Path.of(xdg);
    return configHome.resolve("splitreason").resolve("splitreason.yaml");
  }

  Config over(@Nullable BundledPair bundled) {
    if (bundled != null) {
      bundled.models().forEach(model -> models.put(model.name(), model));
      pairs.put(BundledPair.NAME, bundled.pair());
    }
    Sections sections = read.value();
    sections.models().forEach((name, model) -> models.put(name, model(name, model)));
    sections.pairs().forEach((name, pair) -> pairs.put(name, pair(name, pair)));
    String named = sections.defaultPair();
    if (named != null && !pairs.containsKey(named)) {
      throw read.mistake(
          "names no pair: '" + named + "'" + Suggestion.after(named, pairs.keySet()),
          "default-pair");
    }
    return new Config(
        models, pairs, named == null ? BundledPair.NAME : named, sections.defaults(), file);
  }

  private ModelSettings model(String name, ModelSection section) {
    String place = section.path() == null ? String.valueOf(section.url()) : section.path();
    ModelLocation location = location(place, "models", name);
    String adapter = section.adapter();
    ModelLocation adapterAt = adapter == null ? null : location(adapter, "models", name, "adapter");
    String template = template(section.template(), "models", name, "template");
    try {
      return section.settings(name, location, adapterAt, template);
    } catch (UserMistake e) {
      throw read.mistake("is wrong: " + e.getMessage(), "models", name, "adapter");
    }
  }

  private PairSettings pair(String name, PairSection section) {
    String smallTemplate = section.smallTemplate();
    String largeTemplate = section.largeTemplate();
    SpanSettings unset = SpanSettings.DEFAULT;
    return new PairSettings(
        name,
        member(section.small(), name, "small"),
        member(section.large(), name, "large"),
        section.base() == null ? null : member(section.base(), name, "base"),
        template(smallTemplate == null ? section.template() : smallTemplate, "pairs", name),
        template(largeTemplate == null ? section.template() : largeTemplate, "pairs", name),
        new SpanSettings(
            ModelSection.or(section.tags(), unset.tags()),
            ModelSection.or(section.chunk(), unset.chunk()),
            ModelSection.or(section.spanCap(), unset.cap())),
        section.policy());
  }

  private ModelSettings member(String model, String pair, String role) {
    ModelSettings named = models.get(model);
    if (named == null
        && !ModelLocation.isByName(model)
        && !model.contains("/")
        && !model.endsWith(".gguf")) {
      String near = Suggestion.after(model, models.keySet());
      throw read.mistake(
          "names no model under 'models:': '" + model + "'" + near, "pairs", pair, role);
    }
    return named == null ? ModelSettings.of(model, location(model, "pairs", pair, role)) : named;
  }

  private ModelLocation location(String text, String... key) {
    try {
      return ModelLocation.parse(text, folder);
    } catch (UserMistake e) {
      throw read.mistake("is wrong: " + e.getMessage(), key);
    }
  }

  /** A template's built-in name, or the path of its file: that has a dot or a slash in it. */
  private @Nullable String template(@Nullable String text, String... key) {
    try {
      return text != null && (text.contains(".") || text.contains("/"))
          ? folder.resolve(text).toString()
          : text;
    } catch (InvalidPathException e) {
      throw read.mistake("is no file name: " + e.getReason(), key);
    }
  }
}
