package dev.splitreason.pairs.library;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.HomeFolder;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What LM Studio has downloaded: {@code OWNER/NAME/FILE.gguf}.
 *
 * @param folders that are looked through, the first one first
 */
public record LmStudioLibrary(List<Path> folders) {

  /** What names of LM Studio's begin with. */
  public static final String PREFIX = "lmstudio:";

  public LmStudioLibrary {
    folders = List.copyOf(folders);
  }

  /** Of this user: the folder of today's versions, and that of earlier ones. */
  public static LmStudioLibrary of(Map<String, String> environment) {
    Path home = HomeFolder.of(environment);
    return new LmStudioLibrary(
        List.of(home.resolve(".lmstudio/models"), home.resolve(".cache/lm-studio/models")));
  }

  /**
   * The weights of a model.
   *
   * @param name {@code OWNER/NAME/FILE}, or {@code OWNER/NAME} where that has one file
   * @throws ModelException if it is not there
   * @throws UserMistake if it does not say which of several
   */
  public Path file(String name) {
    List<String> known = names();
    List<String> meant =
        known.stream().filter(file -> file.equals(name) || file.startsWith(name + "/")).toList();
    if (meant.isEmpty()) {
      throw new ModelException(
          Kind.NOT_LOADABLE,
          "LM Studio has no model '%s' in %s%s%s"
              .formatted(
                  name,
                  folders.getFirst(),
                  Suggestion.after(name, known),
                  known.isEmpty() ? "" : " (it has: " + String.join(", ", known) + ")"));
    }
    if (meant.size() > 1) {
      throw new UserMistake(
          PREFIX + name + " has several files", "say which: " + String.join(", ", meant));
    }
    return folders.stream()
        .map(folder -> folder.resolve(meant.getFirst()))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  /** The models that are there, of one in several parts the first. */
  public List<String> names() {
    return folders.stream()
        .filter(Files::isDirectory)
        .flatMap(folder -> names(folder).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".gguf") && !file.contains("mmproj"))
          .filter(file -> !file.matches(".*-of-\\d{5}\\.gguf") || file.contains("-00001-of-"))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
