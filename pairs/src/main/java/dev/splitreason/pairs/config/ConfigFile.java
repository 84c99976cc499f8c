package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds {@code splitreason.yaml}. {@link ConfigReader} reads it. */
public final class ConfigFile {

  private static final String FILE_NAME = "splitreason.yaml";

  private ConfigFile() {}

  /**
   * The configuration of this run: the bundled pair, and over it the file, if there is one.
   *
   * @param chosen the file that the user named, or null to look at the usual place
   * @throws UserMistake with file and line, if the file is wrong
   * @throws IOException if it cannot be read
   */
  public static Config load(@Nullable Path chosen, Map<String, String> environment)
      throws IOException {
    Map<String, ModelSettings> models = new HashMap<>();
    Map<String, PairSettings> pairs = new HashMap<>();
    BundledPair bundled = BundledPair.find(environment);
    if (bundled != null) {
      bundled.models().forEach(model -> models.put(model.name(), model));
      pairs.put(BundledPair.NAME, bundled.pair());
    }
    Path file = chosen == null ? usualPlace(environment) : chosen;
    if (chosen == null && !Files.exists(file)) {
      return new Config(models, pairs, BundledPair.NAME, RequestSettings.NONE, null);
    }
    return new ConfigReader(file, models, pairs).read(TextFile.read(file));
  }

  /** Where the file is looked for (XDG Base Directory Specification). */
  private static Path usualPlace(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path configHome =
        xdg.isBlank() ? Path.of(System.getProperty("user.home", ""), ".config") : Path.of(xdg);
    return configHome.resolve("splitreason").resolve(FILE_NAME);
  }
}
