package dev.splitreason.pairs.hub;

import dev.splitreason.core.error.UserMistake;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files of a repository make up what is wanted of it. */
sealed interface Wanted {

  /**
   * The files among those that there are; none if what is wanted is not among them, whole.
   *
   * @param paths of the repository, or of what the cache has of it
   */
  List<String> among(List<String> paths);

  /**
   * Says why nothing was among them.
   *
   * @param name as the user wrote it
   * @param paths of the whole repository
   */
  RuntimeException refusal(HubName name, List<String> paths);

  /** What the caller gets of a snapshot: a file of it, or null for the folder itself. */
  String entry(List<String> chosen);

  /** Weights in GGUF, whole or in parts. */
  record Gguf(String choice) implements Wanted {

    /** What people take where nothing is said: the best of small files. */
    private static final String USUAL = "Q4_K_M";

    private static final String ENDING = ".gguf";

    @Override
    public List<String> among(List<String> paths) {
      List<String> models = models(paths);
      List<String> chosen = chosen(models);
      List<String> parts = chosen.size() == 1 ? Shards.of(chosen.getFirst()) : List.of();
      return paths.containsAll(parts) ? parts : List.of();
    }

    private List<String> chosen(List<String> models) {
      if (choice.endsWith(ENDING)) {
        return models.stream().filter(choice::equals).toList();
      }
      if (!choice.isEmpty()) {
        return models.stream().filter(path -> isStored(path, choice)).toList();
      }
      return models.size() == 1
          ? models
          : models.stream().filter(path -> isStored(path, USUAL)).toList();
    }

    /** Of each model one file; projectors of pictures and importance matrices are none. */
    private static List<String> models(List<String> paths) {
      return paths.stream()
          .filter(path -> path.endsWith(ENDING) && !Shards.isFurther(path))
          .filter(path -> !path.contains("mmproj") && !path.contains("imatrix"))
          .toList();
    }

    private static boolean isStored(String path, String quantisation) {
      return Pattern.compile(
              "(^|[-._/])" + Pattern.quote(quantisation.toLowerCase(Locale.ROOT)) + "([-._/]|$)")
          .matcher(path.toLowerCase(Locale.ROOT))
          .find();
    }

    @Override
    public RuntimeException refusal(HubName name, List<String> paths) {
      List<String> models = models(paths);
      if (models.isEmpty()) {
        return new HubException(
            name
                + " has no GGUF file, which the embedded engine reads: look for a repository whose"
                + " name ends in -GGUF, or serve this one with vLLM");
      }
      List<String> fitting = chosen(models);
      String which =
          choice.isEmpty()
              ? "several GGUF files"
              : fitting.isEmpty()
                  ? "no '" + choice + "'"
                  : fitting.size() == 1 ? "not all parts of it" : "several of '" + choice + "'";
      return new UserMistake(
          name + " has " + which,
          "say hf:" + name.repository() + ":FILE, one of " + String.join(", ", models));
    }

    @Override
    public String entry(List<String> chosen) {
      return chosen.getFirst();
    }
  }

  /** A folder to train from: weights in safetensors, and the texts beside them. */
  record Folder() implements Wanted {

    private static final List<String> NEEDED = List.of("config.json", "tokenizer.json");
    private static final List<String> TEXTS = List.of(".json", ".jinja", ".txt");
    private static final String WHOLE = "model.safetensors";
    private static final Pattern FIRST = Pattern.compile("model-00001-of-\\d{5}\\.safetensors");

    @Override
    public List<String> among(List<String> paths) {
      List<String> weights =
          paths.contains(WHOLE)
              ? List.of(WHOLE)
              : paths.stream()
                  .filter(path -> FIRST.matcher(path).matches())
                  .findFirst()
                  .map(Shards::of)
                  .orElse(List.of());
      if (weights.isEmpty() || !paths.containsAll(weights) || !paths.containsAll(NEEDED)) {
        return List.of();
      }
      return Stream.concat(paths.stream().filter(Folder::isText), weights.stream()).toList();
    }

    private static boolean isText(String path) {
      return !path.contains("/") && TEXTS.stream().anyMatch(path::endsWith);
    }

    @Override
    public RuntimeException refusal(HubName name, List<String> paths) {
      return new HubException(
          name
              + " is no folder to train from: it needs config.json, tokenizer.json and"
              + " model.safetensors, whole or in parts");
    }

    @Override
    public String entry(List<String> chosen) {
      return "";
    }
  }
}
