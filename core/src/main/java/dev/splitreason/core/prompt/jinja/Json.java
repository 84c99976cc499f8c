package dev.splitreason.core.prompt.jinja;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as JSON, as transformers writes them into prompts. */
final class Json {

  private Json() {}

  /**
   * A value in JSON.
   *
   * @param indent how many blanks a level is indented by, or none for one line
   */
  static String text(Object value, Object indent) {
    int width = indent instanceof Long number ? number.intValue() : -1;
    return text(value, width, 0);
  }

  private static String text(Object value, int width, int level) {
    return switch (value) {
      case String text -> quoted(text);
      case Boolean truth -> truth.toString();
      case Nothing _ -> "null";
      case List<?> list ->
          list.isEmpty()
              ? "[]"
              : list.stream()
                  .map(each -> text(each, width, level + 1))
                  .collect(
                      Collectors.joining(
                          separator(width, level + 1),
                          "[" + lineBreak(width, level + 1),
                          lineBreak(width, level) + "]"));
      case Map<?, ?> map ->
          map.isEmpty()
              ? "{}"
              : map.entrySet().stream()
                  .map(
                      entry ->
                          quoted(String.valueOf(entry.getKey()))
                              + ": "
                              + text(entry.getValue(), width, level + 1))
                  .collect(
                      Collectors.joining(
                          separator(width, level + 1),
                          "{" + lineBreak(width, level + 1),
                          lineBreak(width, level) + "}"));
      default -> value.toString();
    };
  }

  private static String separator(int width, int level) {
    return width < 0 ? ", " : "," + lineBreak(width, level);
  }

  private static String lineBreak(int width, int level) {
    return width < 0 ? "" : "\n" + " ".repeat(width * level);
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      switch (letter) {
        case '"', '\\' -> json.append('\\').append(letter);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (letter < ' ') {
            json.append("\\u%04x".formatted((int) letter));
          } else {
            json.append(letter);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
