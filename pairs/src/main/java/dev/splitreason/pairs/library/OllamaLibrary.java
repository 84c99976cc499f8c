package dev.splitreason.pairs.library;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Ollama has pulled: {@code manifests/HOST/NAMESPACE/NAME/TAG} names a model's layers, {@code
 * blobs} holds them. The layer of weights is a GGUF file.
 *
 * @param folders that are looked through, the first one first
 */
public record OllamaLibrary(List<Path> folders) {

  /** What names of Ollama's begin with. */
  public static final String PREFIX = "ollama:";

  private static final String WEIGHTS = "application/vnd.ollama.image.model";
  private static final String OWN_NAMESPACE = "library";
  private static final String USUAL_TAG = "latest";
  private static final JsonMapper JSON = new JsonMapper();

  public OllamaLibrary {
    folders = List.copyOf(folders);
  }

  /** Of this user, and of a service on this machine: {@code OLLAMA_MODELS} or the usual folders. */
  public static OllamaLibrary of(Map<String, String> environment) {
    String chosen = environment.getOrDefault("OLLAMA_MODELS", "");
    return new OllamaLibrary(
        chosen.isBlank()
            ? List.of(
                HomeFolder.of(environment).resolve(".ollama/models"),
                Path.of("/usr/share/ollama/.ollama/models"))
            : List.of(Path.of(chosen)));
  }

  /**
   * The weights of a model.
   *
   * @param name as Ollama lists it: {@code NAME[:TAG]}, with {@code NAMESPACE/} or {@code
   *     HOST/NAMESPACE/} before it where it has one
   * @throws ModelException if it is not there
   */
  public Path file(String name) {
    List<String> known = names();
    String whole = withTag(name);
    for (Path folder : folders) {
      Path manifest = manifest(folder, whole);
      if (manifest != null) {
        return weights(folder, manifest, name);
      }
    }
    throw new ModelException(
        Kind.NOT_LOADABLE,
        "Ollama has no model '%s' in %s%s%s"
            .formatted(
                name,
                folders.getFirst(),
                Suggestion.after(whole, known),
                known.isEmpty() ? "" : " (it has: " + String.join(", ", known) + ")"));
  }

  /** The models that are there, as Ollama lists them. */
  public List<String> names() {
    return folders.stream().flatMap(folder -> manifests(folder).stream()).sorted().toList();
  }

  private static @Nullable Path manifest(Path folder, String whole) {
    Path manifests = folder.resolve("manifests");
    for (String listed : manifests(folder)) {
      if (listed.equals(whole)) {
        try (Stream<Path> files = Files.walk(manifests)) {
          return files
              .filter(Files::isRegularFile)
              .filter(file -> listed(manifests.relativize(file)).equals(whole))
              .findFirst()
              .orElse(null);
        } catch (IOException e) {
          return null;
        }
      }
    }
    return null;
  }

  private static List<String> manifests(Path folder) {
    Path manifests = folder.resolve("manifests");
    if (!Files.isDirectory(manifests)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(manifests)) {
      return files
          .filter(Files::isRegularFile)
          .map(manifests::relativize)
          .filter(path -> path.getNameCount() == 4)
          .map(OllamaLibrary::listed)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Ollama leaves out its own host and, of its own models, the namespace. */
  private static String listed(Path path) {
    if (path.getNameCount() != 4) {
      return "";
    }
    String model = path.getName(2) + ":" + path.getName(3);
    String namespace = path.getName(1).toString();
    if (namespace.equals(OWN_NAMESPACE)) {
      return model;
    }
    String host = path.getName(0).toString();
    return (host.contains("ollama") ? "" : host + "/") + namespace + "/" + model;
  }

  private static String withTag(String name) {
    return name.substring(name.lastIndexOf('/') + 1).contains(":") ? name : name + ":" + USUAL_TAG;
  }

  private static Path weights(Path folder, Path manifest, String name) {
    try {
      for (JsonNode layer : JSON.readTree(Files.readString(manifest)).path("layers")) {
        String digest = layer.path("digest").stringValue("");
        if (layer.path("mediaType").stringValue("").equals(WEIGHTS)
            && digest.matches("sha256:[0-9a-f]{64}")) {
          return folder.resolve("blobs").resolve(digest.replace(':', '-'));
        }
      }
    } catch (IOException | JacksonException e) {
      throw new ModelException(
          Kind.NOT_LOADABLE, manifest + " is no manifest of a model: " + e.getMessage(), e);
    }
    throw new ModelException(
        Kind.NOT_LOADABLE, "Ollama's model '" + name + "' has no weights on this disk");
  }
}
