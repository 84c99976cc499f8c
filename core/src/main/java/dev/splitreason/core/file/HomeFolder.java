package dev.splitreason.core.file;

import java.nio.file.Path;
import java.util.Map;

/**
 * The user's home folder, as shells know it: {@code $HOME}. Java asks the user database instead,
 * which in containers and under sudo names another folder, or none.
 */
public final class HomeFolder {

  private HomeFolder() {}

  /** Where it is: {@code HOME}, or what Java takes for it where that is not set. */
  public static Path of(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isBlank() ? System.getProperty("user.home", "") : home);
  }
}
