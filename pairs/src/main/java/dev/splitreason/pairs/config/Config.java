package dev.splitreason.pairs.config;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.text.Suggestion;
import dev.splitreason.pairs.catalogue.Catalogue;
import dev.splitreason.pairs.catalogue.KnownPair;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything a user can set once instead of on every command line.
 *
 * @param models by name, the bundled ones included
 * @param pairs by name, the bundled one included
 * @param defaultPair the name of the pair that answers when none is named
 * @param defaults how requests are answered unless an option says otherwise
 * @param file where it was read from, or null if there is no file
 */
public record Config(
    Map<String, ModelSettings> models,
    Map<String, PairSettings> pairs,
    String defaultPair,
    RequestSettings defaults,
    @Nullable Path file) {

  public Config {
    models = Map.copyOf(models);
    pairs = Map.copyOf(pairs);
  }

  /**
   * The pair of a name, or the default pair for null.
   *
   * @throws UserMistake if there is none
   */
  public PairSettings pair(@Nullable String name) {
    String wanted = name == null ? defaultPair : name;
    PairSettings pair = pairs.get(wanted);
    if (pair != null) {
      return pair;
    }
    KnownPair known = Catalogue.named(wanted);
    if (known != null) {
      return PairSettings.of(known);
    }
    throw new UserMistake(
        "no pair is called '"
            + wanted
            + "'"
            + Suggestion.after(wanted, names())
            + (pairs.isEmpty()
                ? ": the bundled one was not found, and no configuration names any"
                : " (there is: "
                    + String.join(", ", pairs.keySet().stream().sorted().toList())
                    + "; 'splitreason pairs' lists published ones)"));
  }

  private List<String> names() {
    return Stream.concat(pairs.keySet().stream(), Catalogue.pairs().stream().map(KnownPair::name))
        .toList();
  }

  /**
   * The model that a user means by a name of the configuration, a GGUF path or {@code URL#model}. A
   * path to the file of a known model is that model, with its settings; one with an adapter is
   * meant by its name only.
   *
   * @throws UserMistake if it can be none of them
   */
  public ModelSettings model(String text) {
    ModelSettings named = models.get(text);
    if (named != null) {
      return named;
    }
    ModelLocation location = ModelLocation.parse(text, Path.of(""));
    return models.values().stream()
        .filter(model -> model.adapter() == null && model.location().isSame(location))
        .findFirst()
        .orElseGet(() -> ModelSettings.of(text, location));
  }
}
