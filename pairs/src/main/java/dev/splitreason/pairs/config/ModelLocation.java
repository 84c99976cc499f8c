package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.HomeFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a model is. */
public sealed interface ModelLocation {

  /** Weights in a file, for the embedded engine. */
  record GgufFile(Path path) implements ModelLocation {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Weights that come along on the class path, for the embedded engine.
   *
   * @param name of the resource, without a slash before it
   */
  record ClassPathFile(String name) implements ModelLocation {
    /** Where it is, or null if it is not there. */
    public @Nullable URL url() {
      return ModelLocation.class.getClassLoader().getResource(name);
    }

    @Override
    public String toString() {
      return "classpath:" + name;
    }
  }

  /**
   * A model that a server answers for.
   *
   * @param url of the OpenAI-compatible API, such as {@code http://host:8000/v1}
   * @param model its name on the server
   */
  record Served(String url, String model) implements ModelLocation {
    @Override
    public String toString() {
      return url + "#" + model;
    }
  }

  /**
   * Reads a GGUF path or {@code URL#model}.
   *
   * @param folder against which a relative path is resolved
   * @throws UserMistake with a one-line message, if it is neither
   */
  static ModelLocation parse(String text, Path folder) {
    if (text.isBlank()) {
      throw new UserMistake("a model is a GGUF file or URL#model, not an empty text");
    }
    if (!text.contains("://")) {
      return new GgufFile(path(text, folder));
    }
    int hash = text.indexOf('#');
    if (hash < 0 || hash == text.length() - 1) {
      throw new UserMistake(
          "'" + text + "' does not say which model", "write " + text.replace("#", "") + "#MODEL");
    }
    return new Served(text.substring(0, hash), text.substring(hash + 1));
  }

  /** Whether both are the same file or the same model of the same server. */
  default boolean isSame(ModelLocation other) {
    if (!(this instanceof GgufFile(Path mine) && other instanceof GgufFile(Path theirs))) {
      return equals(other);
    }
    try {
      return mine.equals(theirs)
          || (Files.exists(mine) && Files.exists(theirs) && Files.isSameFile(mine, theirs));
    } catch (IOException e) {
      return false;
    }
  }

  /** Size of the model's file in bytes; 0 if it has none, or none that can be read. */
  default long bytes() {
    return switch (this) {
      case GgufFile(Path path) -> path.toFile().length();
      case ClassPathFile resource -> size(resource.url());
      case Served _ -> 0;
    };
  }

  private static long size(@Nullable URL resource) {
    if (resource == null) {
      return 0;
    }
    try (InputStream in = resource.openStream()) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return 0;
    }
  }

  private static Path path(String text, Path folder) {
    String expanded =
        text.startsWith("~/") ? HomeFolder.of(System.getenv()) + text.substring(1) : text;
    try {
      return folder.resolve(expanded).normalize();
    } catch (InvalidPathException e) {
      throw new UserMistake("'" + text + "' is no file name: " + e.getReason(), e);
    }
  }
}
