package dev.splitreason.engine.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.splitreason.core.model.ModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the one completion that was asked for in what a server answers, whole or streamed. */
final class Completions {

  private static final JsonMapper JSON = new JsonMapper();

  /** What OpenAI's servers send behind a stream's last event. */
  private static final String END = "[DONE]";

  private Completions() {}

  /** The completion in an answer that is not streamed. */
  static JsonNode first(JsonNode answer, ServerErrors errors) {
    JsonNode choice = choice(answer);
    if (choice == null) {
      throw errors.noCompletion();
    }
    return choice;
  }

  /**
   * The completions of several prompts, in their order.
   *
   * @throws ModelException if there are not so many
   */
  static List<JsonNode> all(JsonNode answer, int prompts, ServerErrors errors) {
    @Nullable JsonNode[] choices = new JsonNode[prompts];
    for (JsonNode choice : answer.path("choices")) {
      int index = choice.path("index").asInt(-1);
      if (index >= 0 && index < prompts) {
        choices[index] = choice;
      }
    }
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode choice : choices) {
      if (choice == null) {
        throw errors.noCompletion();
      }
      all.add(choice);
    }
    return all;
  }

  /**
   * Hands over the parts of a streamed completion as they come. Events that say nothing of it are
   * passed over.
   *
   * @return whether the server itself said that this was all; false if the connection ended
   * @throws ModelException if the server tells of an error, or sends no completion at all
   */
  static boolean stream(ServerEvents events, Consumer<CompletionChunk> onPart, ServerErrors errors)
      throws IOException {
    boolean any = false;
    for (String data = events.next(); data != null; data = events.next()) {
      if (data.strip().equals(END)) {
        if (any) {
          return true;
        }
        continue;
      }
      JsonNode event = json(data);
      if (event != null && event.hasNonNull("error")) {
        throw errors.failedInside(event);
      }
      JsonNode choice = event == null ? null : choice(event);
      if (event != null && choice != null) {
        any = true;
        onPart.accept(
            CompletionChunk.of(
                choice,
                event.path("usage").path("completion_tokens").asInt(CompletionChunk.UNCOUNTED)));
      }
    }
    if (!any) {
      JsonNode instead = json(events.outsideOfEvents());
      throw instead != null && instead.hasNonNull("error")
          ? errors.saidInstead(instead)
          : errors.noCompletion();
    }
    return false;
  }

  /** The choice of index 0, the only one that is asked for; servers may leave its index out. */
  private static @Nullable JsonNode choice(JsonNode answer) {
    for (JsonNode choice : answer.path("choices")) {
      if (choice.isObject() && choice.path("index").asInt(0) == 0) {
        return choice;
      }
    }
    return null;
  }

  private static @Nullable JsonNode json(String text) {
    try {
      return text.isBlank() ? null : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
