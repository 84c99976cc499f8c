package dev.splitreason.pairs.config;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.text.Suggestion;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of a YAML file, read key by key with types checked. Whoever has asked for all keys it
 * knows calls {@link #end}, and every other key is an error. Errors are {@link UserMistake}s that
 * begin with file and line.
 */
final class YamlSection {

  private final Path file;
  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private YamlSection(Path file, String path, MappingNode mapping) {
    this.file = file;
    this.path = path;
    for (NodeTuple entry : mapping.getValue()) {
      int line = line(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw problem(file, line, "a key must be a plain word");
      }
      if (values.put(key.getValue(), entry.getValueNode()) != null) {
        throw problem(file, line, "'" + key.getValue() + "' is there twice");
      }
      lines.put(key.getValue(), line);
    }
  }

  /** The whole file; empty for an empty one. */
  static YamlSection parse(Path file, String text) {
    try {
      Node root = new Compose(LoadSettings.builder().build()).composeString(text).orElse(null);
      return switch (root) {
        case null -> new YamlSection(file, "", emptyMapping());
        case MappingNode mapping -> new YamlSection(file, "", mapping);
        default -> throw problem(file, line(root), "expected 'key: value' lines");
      };
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw problem(file, line, "not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw problem(file, 1, "not valid YAML: " + e.getMessage());
    }
  }

  /** All keys, for a section whose keys are names that the user chose. */
  Set<String> names() {
    known.addAll(values.keySet());
    return values.keySet();
  }

  /** A text, or null if the key is not there. */
  @Nullable String text(String key) {
    ScalarNode scalar = scalar(key, "a text");
    return scalar == null ? null : scalar.getValue();
  }

  /** A text that {@code parse} reads, or null if the key is not there. */
  <T> @Nullable T text(String key, Function<String, T> parse) {
    String text = text(key);
    return text == null ? null : checked(key, text, parse);
  }

  /** A whole number of at least {@code least}, or null if the key is not there. */
  @Nullable Integer integer(String key, int least) {
    Long number = integer(key);
    if (number == null) {
      return null;
    }
    if (number < least || number > Integer.MAX_VALUE) {
      throw error(key, "must be a whole number of at least " + least + ", not " + number);
    }
    return number.intValue();
  }

  /** A whole number, or null if the key is not there. */
  @Nullable Long integer(String key) {
    String text = plain(key, "a whole number");
    return text == null ? null : checked(key, text, Long::valueOf, "must be a whole number");
  }

  /** A number, or null if the key is not there. */
  @Nullable Double number(String key) {
    String text = plain(key, "a number");
    return text == null
        ? null
        : checked(key, text, digits -> new BigDecimal(digits).doubleValue(), "must be a number");
  }

  /** True or false, or null if the key is not there. */
  @Nullable Boolean flag(String key) {
    String text = plain(key, "true or false");
    return switch (text) {
      case null -> null;
      case "true" -> true;
      case "false" -> false;
      default -> throw error(key, "must be true or false, not '" + text + "'");
    };
  }

  /** A constant of an enum, in any case, or null if the key is not there. */
  <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    throw error(key, "must be one of " + String.join(", ", names) + ", not '" + text + "'");
  }

  /** Whether the key's value is a mapping. */
  boolean isSection(String key) {
    return values.get(key) instanceof MappingNode;
  }

  /** A mapping, empty if the key is not there. */
  YamlSection section(String key) {
    known.add(key);
    Node node = values.get(key);
    String inner = path.isEmpty() ? key : path + "." + key;
    if (node == null || node.getTag().equals(Tag.NULL)) {
      return new YamlSection(file, inner, emptyMapping());
    }
    if (node instanceof MappingNode mapping) {
      return new YamlSection(file, inner, mapping);
    }
    throw error(key, "must hold 'key: value' lines");
  }

  /** Ends the reading: keys that were not asked for are errors. */
  void end() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        String place = path.isEmpty() ? "" : " in " + path;
        throw problem(
            file,
            lines.getOrDefault(key, 1),
            "unknown key '" + key + "'" + place + Suggestion.after(key, known));
      }
    }
  }

  /** Turns an error of a rule over several keys into one at this section. */
  void check(Runnable rule) {
    try {
      rule.run();
    } catch (UserMistake e) {
      int line = lines.values().stream().findFirst().orElse(1);
      throw e.at(new Place.Field(path)).at(new Place.Line(file, line));
    }
  }

  /** An error at a key. */
  UserMistake error(String key, String problem) {
    String name = path.isEmpty() ? key : path + "." + key;
    Node value = values.get(key);
    int line = value == null ? lines.getOrDefault(key, 1) : line(value);
    return problem(file, line, name + " " + problem);
  }

  private @Nullable ScalarNode scalar(String key, String expected) {
    known.add(key);
    Node node = values.get(key);
    return switch (node) {
      case null -> null;
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> null;
      case ScalarNode scalar -> scalar;
      default -> throw error(key, "must be " + expected);
    };
  }

  private @Nullable String plain(String key, String expected) {
    ScalarNode scalar = scalar(key, expected);
    if (scalar == null) {
      return null;
    }
    if (!scalar.isPlain()) {
      throw error(key, "must be " + expected + ", not the text '" + scalar.getValue() + "'");
    }
    return scalar.getValue();
  }

  private <T> T checked(String key, String text, Function<String, T> parse, String rule) {
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw error(key, rule + ", not '" + text + "'");
    }
  }

  private <T> T checked(String key, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (UserMistake | InvalidPathException e) {
      throw error(key, "is wrong: " + e.getMessage());
    }
  }

  private static UserMistake problem(Path file, int line, String problem) {
    return new UserMistake(problem).at(new Place.Line(file, line));
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static MappingNode emptyMapping() {
    return new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
  }
}
