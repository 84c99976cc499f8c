package dev.splitreason.files.settings;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Says in one line what is wrong with a configuration, and where, of what Jackson refused. */
final class SettingsMistakes {

  private final YAMLMapper yaml;
  private final ObjectNode defaults;
  private final WrittenSettings written;

  SettingsMistakes(YAMLMapper yaml, ObjectNode defaults, WrittenSettings written) {
    this.yaml = yaml;
    this.defaults = defaults;
    this.written = written;
  }

  UserMistake of(JacksonException e) {
    JsonPointer at = pointer(e.getPath());
    String refusal = refusal(e);
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> keys = unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
      return unknown(at, keys);
    }
    if (refusal != null) {
      UserMistake mistake = new UserMistake(refusal, e);
      JsonPointer fault =
          e instanceof ValueInstantiationException record
              ? fault(record.getType(), at, refusal)
              : at;
      return at(fault, written.places(), at.matches() ? mistake : mistake.at(field(at)));
    }
    return at(at, written.places(), UserMistake.of(field(at), predicate(e, at)));
  }

  /** The mistake with its line: that of the key, or of the nearest section around it. */
  static UserMistake at(JsonPointer key, Map<JsonPointer, Place> places, UserMistake mistake) {
    for (JsonPointer around = key; around != null; around = around.head()) {
      Place place = places.get(around);
      if (place != null) {
        return mistake.at(place);
      }
    }
    return mistake;
  }

  /** A record's own words about its values, or null. */
  private static @Nullable String refusal(JacksonException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UserMistake mistake) {
        return mistake.getMessage();
      }
    }
    return null;
  }

  /** The first key, as they are written, with which a record is refused in these words. */
  private JsonPointer fault(JavaType type, JsonPointer at, String refusal) {
    ObjectNode section =
        defaults.at(at) instanceof ObjectNode known ? known.deepCopy() : yaml.createObjectNode();
    for (JsonPointer key : written.places().keySet()) {
      if (at.equals(key.head())) {
        section.set(key.last().getMatchingProperty(), written.tree().at(key));
        try {
          yaml.treeToValue(section, type);
        } catch (JacksonException e) {
          if (refusal.equals(refusal(e))) {
            return key;
          }
        }
      }
    }
    return at;
  }

  /** Names the key that was meant: that of the same name in another section, or the nearest. */
  private UserMistake unknown(JsonPointer at, List<String> known) {
    String key = at.last().getMatchingProperty();
    String near = Suggestion.after(key, known);
    List<String> elsewhere = elsewhere(key);
    if (near.isEmpty() && elsewhere.isEmpty()) {
      for (String inner : written.tree().at(at).propertyNames()) {
        if (!elsewhere(inner).isEmpty()) {
          return unknown(at.appendProperty(inner), List.of());
        }
      }
    }
    String meant = near.isEmpty() ? " (the keys are " + String.join(", ", known) + ")" : near;
    return at(
        at,
        written.places(),
        new UserMistake(
            "unknown key '%s'%s%s"
                .formatted(
                    key,
                    at.head().matches() ? "" : " in " + field(at.head()),
                    elsewhere.isEmpty()
                        ? meant
                        : "; did you mean '" + String.join("' or '", elsewhere) + "'?")));
  }

  /** Where else a key of this name is, as near to the top as it is. */
  private List<String> elsewhere(String key) {
    Map<Integer, List<String>> byDepth = new TreeMap<>();
    collect(key, defaults, "", 0, byDepth);
    return byDepth.values().stream().findFirst().orElse(List.of());
  }

  private static void collect(
      String key, JsonNode section, String path, int depth, Map<Integer, List<String>> byDepth) {
    section.forEachEntry(
        (name, inner) -> {
          if (depth > 0 && name.equals(key)) {
            byDepth.computeIfAbsent(depth, _ -> new ArrayList<>()).add(path + name);
          }
          collect(key, inner, path + name + ".", depth + 1, byDepth);
        });
  }

  private String predicate(JacksonException e, JsonPointer at) {
    JsonNode value = written.tree().at(at);
    if (value.isMissingNode()) {
      return "is missing";
    }
    String kind =
        switch (e) {
          case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
              kind(mismatch.getTargetType());
          case InputCoercionException _ -> "a whole number up to " + Integer.MAX_VALUE;
          default -> "readable: " + e.getOriginalMessage().lines().findFirst().orElse("");
        };
    if (value.isString()) {
      return "must be " + kind + ", not the text '" + value.asString() + "'";
    }
    return "must be " + kind + (value.isNumber() || value.isBoolean() ? ", not " + value : "");
  }

  private static String kind(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "double", "Double" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      case "String" -> "a text";
      default ->
          type.isEnum()
              ? Arrays.stream(type.getEnumConstants())
                  .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ", "one of ", ""))
              : Collection.class.isAssignableFrom(type) ? "a list" : "'key: value' lines";
    };
  }

  private static JsonPointer pointer(List<JacksonException.Reference> path) {
    JsonPointer pointer = JsonPointer.empty();
    for (JacksonException.Reference step : path) {
      pointer =
          step.getPropertyName() == null
              ? pointer.appendIndex(step.getIndex())
              : pointer.appendProperty(step.getPropertyName());
    }
    return pointer;
  }

  static Place.Field field(@Nullable JsonPointer at) {
    return new Place.Field(
        Objects.requireNonNull(at).toString().replaceFirst("^/", "").replace('/', '.'));
  }
}
