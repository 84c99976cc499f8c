package dev.splitreason.data.llm;

import dev.splitreason.files.jsonl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

  /** The answer ended before it was complete: at the most tokens, or by a filter of the server. */
  record CutOff(String why) implements SnippetReply {}

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

    private static final Pattern LOST_BACKSLASH = Pattern.compile("[\\f\b]|[\\t\\r](?=[a-z])");

    /** Not part of a pair, and no escape of a quote or of a line break that ends a word. */
    private static final Pattern LITERAL_BACKSLASH =
        Pattern.compile("(?<!\\\\)\\\\(?![\\\\\"]|n(?![a-z]))");

    private Reading() {}

    private static SnippetReply of(Reply reply) {
      if (reply.isFiltered()) {
        return new CutOff("the server's content filter took the answer back");
      }
      if (reply.isCutOff()) {
        // Whatever stands in it is a draft.
        String where = reply.text().isBlank() ? " while it was still thinking" : "";
        return new CutOff(
            "the answer was cut off after %d tokens%s: raise --max-tokens"
                .formatted(reply.completionTokens(), where));
      }
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
      JsonNode list = snippetsOf(json);
      if (list == null || list.valueStream().anyMatch(Reading::hasLostBackslash)) {
        // A model that copies formulas forgets that JSON wants each of their backslashes twice.
        list = snippetsOf(withLiteralBackslashes(json));
      }
      if (list == null || list.valueStream().anyMatch(snippet -> !snippet.isString())) {
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

    /** The list, or null if the text is no JSON or has none. */
    private static @Nullable JsonNode snippetsOf(String json) {
      try {
        JsonNode list = Json.MAPPER.readTree(json).path("snippets");
        return list.isArray() ? list : null;
      } catch (JacksonException e) {
        return null;
      }
    }

    /** Control characters that no text holds, but the JSON of <code>\\frac</code> does. */
    private static boolean hasLostBackslash(JsonNode snippet) {
      return LOST_BACKSLASH.matcher(snippet.asString("")).find();
    }

    /** Every backslash stands for itself, but before a quote, a line break or another one. */
    private static String withLiteralBackslashes(String json) {
      return LITERAL_BACKSLASH.matcher(json).replaceAll("\\\\\\\\");
    }

    private static String shortened(String words) {
      String line = words.strip().replaceAll("\\s+", " ");
      return line.length() <= 120 ? line : line.substring(0, 120) + " …";
    }
  }
}
