package dev.splitreason.pairs.config;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the command is installed, and with it the models that come along. A program that has only
 * the jars has no installation.
 */
public final class Installation {

  /** Environment variable that names another folder with the bundled pair's files. */
  public static final String MODELS_VARIABLE = "SPLITREASON_MODELS";

  /** System property by which the launcher tells where the command is installed. */
  public static final String HOME_PROPERTY = "splitreason.home";

  private Installation() {}

  /** The folder of the bundled models, or null if there is none. */
  public static @Nullable Path models(Map<String, String> environment) {
    String chosen = environment.get(MODELS_VARIABLE);
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen);
    }
    String home = System.getProperty(HOME_PROPERTY);
    if (home != null) {
      Path models = Path.of(home, "models");
      return holdsBundledPair(models) ? models : null;
    }
    for (Path folder = ownCode(); folder != null; folder = folder.getParent()) {
      Path models = folder.resolve("models");
      if (holdsBundledPair(models)) {
        return models;
      }
    }
    return null;
  }

  private static boolean holdsBundledPair(Path folder) {
    return Files.isRegularFile(folder.resolve(BundledPair.SMALL_FILE));
  }

  private static @Nullable Path ownCode() {
    CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return null;
    }
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }
}
