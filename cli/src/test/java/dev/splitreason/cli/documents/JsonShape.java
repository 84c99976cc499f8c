package dev.splitreason.cli.documents;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How a JSON value may look, told by an example: an object has the example's names in its order, an
 * element of a list looks like one of the example's elements, a number is whole or not as the
 * example's is, and null is null.
 *
 * @param example elements beyond which a list has none of another look; an empty list says nothing
 *     about elements
 */
record JsonShape(JsonNode example) {

  /** Where a value looks otherwise; empty if nowhere. */
  List<String> differences(JsonNode value) {
    List<String> differences = new ArrayList<>();
    compare(example, value, "", differences);
    return differences;
  }

  private static void compare(
      JsonNode example, JsonNode value, String path, List<String> differences) {
    if (!kind(example).equals(kind(value))) {
      differences.add("%s is %s, not %s".formatted(named(path), kind(value), kind(example)));
    } else if (example.isObject()) {
      compareFields(example, value, path, differences);
    } else if (example.isArray() && !example.isEmpty()) {
      for (int i = 0; i < value.size(); i++) {
        differences.addAll(fewest(example, value.get(i), path + "[" + i + "]"));
      }
    }
  }

  private static void compareFields(
      JsonNode example, JsonNode value, String path, List<String> differences) {
    List<String> wanted = List.copyOf(example.propertyNames());
    List<String> names = List.copyOf(value.propertyNames());
    if (!wanted.equals(names)) {
      differences.add("%s has %s, not %s".formatted(named(path), names, wanted));
      return;
    }
    for (String name : names) {
      compare(example.get(name), value.get(name), path + "." + name, differences);
    }
  }

  /** The differences to the element of a list that is most like the value. */
  private static List<String> fewest(JsonNode examples, JsonNode value, String path) {
    List<String> fewest = null;
    for (JsonNode each : examples) {
      List<String> differences = new ArrayList<>();
      compare(each, value, path, differences);
      if (fewest == null || differences.size() < fewest.size()) {
        fewest = differences;
      }
    }
    return fewest == null ? List.of() : fewest;
  }

  private static String named(String path) {
    return path.isEmpty() ? "the document" : path;
  }

  private static String kind(JsonNode value) {
    return value.isIntegralNumber()
        ? "a whole number"
        : value.isNumber() ? "a number with a fraction" : value.getNodeType().toString();
  }
}
