package dev.splitreason.files.settings;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.text.Suggestion;
import dev.splitreason.core.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Reads a configuration: defaults, over them a YAML file, over both single settings. The keys are a
 * record's components in kebab case; sections are records too. A record checks its own values.
 */
public final class ConfigFile {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .build();

  private ConfigFile() {}

  /**
   * Reads a run's configuration.
   *
   * @param defaults what holds where nothing else is said
   * @param file a YAML file, or null for none
   * @param settings {@code key=value} each, where a key of a section is {@code section.key} and the
   *     value is YAML
   * @throws UserMistake with a one-line message that names file or setting and key
   * @throws IOException if the file cannot be read
   */
  public static <C extends Record> C read(C defaults, @Nullable Path file, List<String> settings)
      throws IOException {
    ObjectNode tree = YAML.valueToTree(defaults);
    @SuppressWarnings("unchecked")
    Class<C> type = (Class<C>) defaults.getClass();
    if (file != null) {
      merge(tree, parse(file.toString(), TextFile.read(file)));
      bind(file.toString(), tree, type);
    }
    for (String setting : settings) {
      merge(tree, parsed(setting));
      bind("--set " + setting, tree, type);
    }
    return bind("the defaults", tree, type);
  }

  /** A configuration as the YAML that {@link #read} turns into an equal one. */
  public static String write(Record config) {
    return YAML.writeValueAsString(config);
  }

  private static ObjectNode parsed(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new UserMistake(
          "--set takes key=value, such as optimizer.rate=1e-3, not '" + setting + "'");
    }
    ObjectNode root = YAML.createObjectNode();
    String[] keys = setting.substring(0, equals).strip().split("\\.", -1);
    ObjectNode section = root;
    for (int i = 0; i < keys.length - 1; i++) {
      section = section.putObject(keys[i]);
    }
    section.set(keys[keys.length - 1], value(setting, setting.substring(equals + 1)));
    return root;
  }

  private static JsonNode value(String setting, String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JacksonException e) {
      throw new UserMistake("--set " + setting + ": not a YAML value: " + firstLine(e), e);
    }
  }

  private static ObjectNode parse(String where, String text) {
    try {
      JsonNode tree = YAML.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      if (tree.isMissingNode() || tree.isNull()) {
        return YAML.createObjectNode();
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new UserMistake(where + ":" + line + ": not valid YAML: " + firstLine(e), e);
    }
    throw new UserMistake(where + ": expected 'key: value' lines");
  }

  private static void merge(ObjectNode under, ObjectNode over) {
    over.forEachEntry(
        (key, value) -> {
          if (value instanceof ObjectNode section && under.get(key) instanceof ObjectNode known) {
            merge(known, section);
          } else {
            under.set(key, value);
          }
        });
  }

  private static <C> C bind(String where, ObjectNode tree, Class<C> type) {
    try {
      return YAML.treeToValue(tree, type);
    } catch (UnrecognizedPropertyException e) {
      String key = e.getPropertyName();
      List<String> known = e.getKnownPropertyIds().stream().map(String::valueOf).toList();
      throw new UserMistake(
          where
              + ": unknown key '"
              + key
              + "'"
              + section(e)
              + Suggestion.after(key, known)
              + " (the keys are "
              + String.join(", ", known)
              + ")",
          e);
    } catch (DatabindException e) {
      throw new UserMistake(where + ": " + path(e) + ": " + reason(e), e);
    }
  }

  private static String section(DatabindException e) {
    String path = path(e);
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : " in " + path.substring(0, dot);
  }

  private static String path(DatabindException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  /** A record's own words about its values; else what kind of value the key takes. */
  private static String reason(DatabindException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UserMistake mistake) {
        return mistake.getMessage();
      }
    }
    return e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
        ? "must be " + kind(mismatch.getTargetType())
        : firstLine(e);
  }

  private static String kind(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    return type.isRecord() ? "'key: value' lines" : type == String.class ? "a text" : "a list";
  }

  private static String firstLine(JacksonException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }
}
