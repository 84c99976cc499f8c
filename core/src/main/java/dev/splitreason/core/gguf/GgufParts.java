package dev.splitreason.core.gguf;

import dev.splitreason.core.model.ModelFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The files of a model that stands in several, as llama.cpp's gguf-split names them: {@code
 * NAME-00001-of-00003.gguf}. The first has the metadata; each has some of the tensors.
 */
public final class GgufParts {

  private static final Pattern NAME = Pattern.compile("(.*-)(\\d{5})-of-(\\d{5})\\.gguf");

  private static final String NUMBER = "split.no";
  private static final String COUNT = "split.count";

  private GgufParts() {}

  /** All files of the model that begins with this one, by its name: most often this one alone. */
  public static List<Path> of(Path first) {
    Matcher name = NAME.matcher(Objects.toString(first.getFileName(), ""));
    if (!name.matches() || Integer.parseInt(name.group(2)) != 1) {
      return List.of(first);
    }
    return IntStream.rangeClosed(1, Math.max(1, Integer.parseInt(name.group(3))))
        .mapToObj(part -> first.resolveSibling(named(name, part)))
        .toList();
  }

  /** The size of all files of a model, in bytes; what is missing counts as 0. */
  public static long bytes(Path first) {
    return of(first).stream().mapToLong(part -> part.toFile().length()).sum();
  }

  /**
   * The other files of a model that begins with a file; none of a model in one file.
   *
   * @throws ModelFileException if the file is not the first, or one of the others is missing or
   *     something else
   */
  public static List<GgufFile> others(GgufFile first) {
    long count = number(first, COUNT);
    if (count <= 1) {
      return List.of();
    }
    Path path = first.path();
    Matcher name = NAME.matcher(Objects.toString(path.getFileName(), ""));
    if (!name.matches() || Long.parseLong(name.group(3)) != count) {
      throw new ModelFileException(
          path,
          "is one of %d parts of a model, and is not named so: the name must end in -00001-of-%05d.gguf"
              .formatted(count, count));
    }
    long number = number(first, NUMBER);
    if (number != 0 || Integer.parseInt(name.group(2)) != 1) {
      throw new ModelFileException(
          path,
          "is part %d of %d of a model: name its first part, %s"
              .formatted(number + 1, count, named(name, 1)));
    }
    return of(path).stream().skip(1).map(part -> part(part, path)).toList();
  }

  private static GgufFile part(Path path, Path first) {
    if (!Files.exists(path)) {
      throw new ModelFileException(first, "lacks one of its parts: there is no " + path);
    }
    GgufFile part = GgufFile.read(path);
    int index = of(first).indexOf(path);
    if (number(part, NUMBER) != index) {
      throw new ModelFileException(
          path, "is not part " + (index + 1) + " of the model that begins with " + first);
    }
    return part;
  }

  /** A whole number of a file's metadata; -1 if it has none. */
  private static long number(GgufFile file, String key) {
    Long number = file.whole(key);
    return number == null ? -1 : number;
  }

  private static String named(Matcher name, int part) {
    return "%s%05d-of-%s.gguf".formatted(name.group(1), part, name.group(3));
  }
}
