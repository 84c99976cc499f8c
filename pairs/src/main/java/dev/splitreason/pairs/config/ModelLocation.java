package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.HomeFolder;
import dev.splitreason.core.gguf.GgufParts;
import dev.splitreason.pairs.hub.HubName;
import dev.splitreason.pairs.library.LmStudioLibrary;
import dev.splitreason.pairs.library.OllamaLibrary;
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

  /** Weights on the Hugging Face hub, fetched where they are not on disk. */
  record OnHub(HubName name) implements ModelLocation {
    @Override
    public String toString() {
      return name.toString();
    }
  }

  /**
   * Weights that Ollama has on this disk.
   *
   * @param name as Ollama lists it
   */
  record OfOllama(String name) implements ModelLocation {
    @Override
    public String toString() {
      return OllamaLibrary.PREFIX + name;
    }
  }

  /**
   * Weights that LM Studio has on this disk.
   *
   * @param name {@code OWNER/NAME/FILE}
   */
  record OfLmStudio(String name) implements ModelLocation {
    @Override
    public String toString() {
      return LmStudioLibrary.PREFIX + name;
    }
  }

  /** Whether a text says by its beginning where the model is, so that it is no file's name. */
  static boolean isByName(String text) {
    return HubName.isMeant(text)
        || text.startsWith(OllamaLibrary.PREFIX)
        || text.startsWith(LmStudioLibrary.PREFIX);
  }

  /**
   * Reads a GGUF path, {@code URL#model}, or a name that begins with {@code hf:}, {@code ollama:}
   * or {@code lmstudio:}.
   *
   * @param folder against which a relative path is resolved
   * @throws UserMistake with a one-line message, if it is none of them
   */
  static ModelLocation parse(String text, Path folder) {
    if (text.isBlank()) {
      throw new UserMistake(
          "a model is a GGUF file, hf:OWNER/NAME, ollama:NAME, lmstudio:OWNER/NAME/FILE or"
              + " URL#model, not an empty text");
    }
    if (HubName.isMeant(text)) {
      return new OnHub(HubName.parse(text));
    }
    if (text.startsWith(OllamaLibrary.PREFIX)) {
      return new OfOllama(text.substring(OllamaLibrary.PREFIX.length()));
    }
    if (text.startsWith(LmStudioLibrary.PREFIX)) {
      return new OfLmStudio(text.substring(LmStudioLibrary.PREFIX.length()));
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

  /**
   * Size of the model's file in bytes; 0 if it has none, none that can be read, or is told by a
   * name.
   */
  default long bytes() {
    return switch (this) {
      case GgufFile(Path path) -> GgufParts.bytes(path);
      case ClassPathFile resource -> size(resource.url());
      case Served _, OnHub _, OfOllama _, OfLmStudio _ -> 0;
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
