package dev.splitreason.data.llm;

import dev.splitreason.files.jsonl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a model's answer to a {@link SnippetRequest} amounts to. */
public sealed interface SnippetReply {

  /** Snippets, at least one, none blank. */
  record Snippets(List<String> snippets) implements SnippetReply {}

  /** The model declined. */
  record Refusal(String words) implements SnippetReply {}

  /** The model answered nothing, or that there is nothing. */
  record Nothing() implements SnippetReply {}

  /** The answer does not have the form that was asked for. */
  record Malformed(String words) implements SnippetReply {}

  /** Reads an answer in either form, whichever was asked for: models mix them up. */
  static SnippetReply of(Reply reply) {
    return Reading.of(reply);
  }

  /** How an answer is read. */
  final class Reading {

    private static final Pattern THINKING = Pattern.compile("^.*</think>", Pattern.DOTALL);
    private static final Pattern DELIMITED =
        Pattern.compile("<<<\\s*SNIPPET[ \\t]*\\R?(.*?)\\R?>>>", Pattern.DOTALL);
    private static final Pattern DECLINING =
        Pattern.compile(
            "\\b(i('m| am) (sorry|unable|not able)|i can(no|')t|i won't|as an ai)\\b",
            Pattern.CASE_INSENSITIVE);

    private Reading() {}

    private static SnippetReply of(Reply reply) {
      if (!reply.refusal().isBlank()) {
        return new Refusal(shortened(reply.refusal()));
      }
      String text = THINKING.matcher(reply.text()).replaceFirst("").strip();
      if (text.isEmpty()) {
        return new Nothing();
      }
      List<String> delimited = delimited(text);
      if (!delimited.isEmpty()) {
        return new Snippets(delimited);
      }
      int brace = text.indexOf('{');
      if (brace >= 0 && text.contains("\"snippets\"")) {
        return json(text.substring(brace, text.lastIndexOf('}') + 1), text);
      }
      return DECLINING.matcher(text).find()
          ? new Refusal(shortened(text))
          : new Malformed(shortened(text));
    }

    private static List<String> delimited(String text) {
      List<String> snippets = new ArrayList<>();
      Matcher matcher = DELIMITED.matcher(text);
      while (matcher.find()) {
        if (!matcher.group(1).isBlank()) {
          snippets.add(matcher.group(1).strip());
        }
      }
      return snippets;
    }

    private static SnippetReply json(String json, String text) {
      JsonNode list;
      try {
        list = Json.MAPPER.readTree(json).path("snippets");
      } catch (JacksonException e) {
        return new Malformed(shortened(text));
      }
      if (!list.isArray() || list.valueStream().anyMatch(snippet -> !snippet.isString())) {
        return new Malformed(shortened(text));
      }
      List<String> snippets =
          list.valueStream()
              .map(JsonNode::asString)
              .filter(snippet -> !snippet.isBlank())
              .map(String::strip)
              .toList();
      return snippets.isEmpty() ? new Nothing() : new Snippets(snippets);
    }

    private static String shortened(String words) {
      String line = words.strip().replaceAll("\\s+", " ");
      return line.length() <= 120 ? line : line.substring(0, 120) + " …";
    }
  }
}
