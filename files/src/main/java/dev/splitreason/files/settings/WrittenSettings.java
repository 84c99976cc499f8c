package dev.splitreason.files.settings;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** What a file and settings say, over defaults, with the place of each key. */
final class WrittenSettings {

  private final YAMLMapper yaml;
  private final ObjectNode defaults;
  private final ObjectNode tree;
  private final SequencedMap<JsonPointer, Place> places = new LinkedHashMap<>();

  WrittenSettings(YAMLMapper yaml, ObjectNode defaults) {
    this.yaml = yaml;
    this.defaults = defaults;
    this.tree = defaults.deepCopy();
  }

  /** Defaults, and over them all that was added. */
  ObjectNode tree() {
    return tree;
  }

  /** The places of keys, in the order in which these were added. */
  SequencedMap<JsonPointer, Place> places() {
    return places;
  }

  void addFile(Path file, String text) {
    try (JsonParser parser = yaml.createParser(text)) {
      while (parser.nextToken() != null) {
        var place = new Place.Line(file, parser.currentTokenLocation().getLineNr());
        if (((YAMLParser) parser).isCurrentAlias()) {
          throw new UserMistake("an alias (*) is not read: write the value again").at(place);
        }
        JsonPointer at = parser.streamReadContext().pathAsPointer();
        if (!at.matches()) {
          places.putIfAbsent(at, place);
        }
      }
      switch (yaml.readTree(text)) {
        case ObjectNode section -> merge(tree, section, defaults);
        case JsonNode root when root.isMissingNode() || root.isNull() -> {}
        default -> throw new UserMistake("expected 'key: value' lines").at(line(file, 1));
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new UserMistake("not valid YAML: " + firstLine(e), e).at(line(file, line));
    }
  }

  void addSetting(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw UserMistake.ofOption(
          "--set", "takes key=value, such as optimizer.rate=1e-3, not '" + setting + "'");
    }
    var place = new Place.Option("--set " + setting);
    JsonNode value;
    try {
      value = yaml.readTree(setting.substring(equals + 1));
    } catch (JacksonException e) {
      throw new UserMistake("not a YAML value: " + firstLine(e), e).at(place);
    }
    JsonPointer at = JsonPointer.empty();
    ObjectNode root = yaml.createObjectNode();
    ObjectNode section = root;
    List<String> keys = List.of(setting.substring(0, equals).strip().split("\\.", -1));
    for (String key : keys.subList(0, keys.size() - 1)) {
      at = at.appendProperty(key);
      places.putIfAbsent(at, place);
      section = section.putObject(key);
    }
    section.set(keys.getLast(), value.isMissingNode() ? yaml.nullNode() : value);
    place(at.appendProperty(keys.getLast()), value, place);
    merge(tree, root, defaults);
  }

  /** What comes later stands last. */
  private void place(JsonPointer at, JsonNode value, Place place) {
    places.putLast(at, place);
    value.forEachEntry((key, inner) -> place(at.appendProperty(key), inner, place));
  }

  private static void merge(ObjectNode under, ObjectNode over, @Nullable JsonNode defaults) {
    over.forEachEntry(
        (key, value) -> {
          JsonNode byDefault = defaults == null ? null : defaults.get(key);
          if (value.isNull() && byDefault != null) {
            under.set(key, byDefault.deepCopy());
          } else if (value instanceof ObjectNode section
              && under.get(key) instanceof ObjectNode known) {
            merge(known, section, byDefault);
          } else {
            under.set(key, value);
          }
        });
  }

  private static Place line(Path file, int number) {
    return new Place.Line(file, number);
  }

  private static String firstLine(JacksonException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }
}
