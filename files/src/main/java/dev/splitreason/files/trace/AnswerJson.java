package dev.splitreason.files.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.files.jsonl.Json;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a recorded answer, one line each: who was asked what, and how (the records below, in
 * snake case), then the fields of its trace ({@link TraceJson}).
 */
public final class AnswerJson {

  private AnswerJson() {}

  /** The answer as one line of JSON, without a line break. */
  public static String write(RecordedAnswer answer) {
    return TraceJson.MAPPER.writeValueAsString(document(answer));
  }

  /** The answer as a JSON object, to which fields of another kind may be added. */
  public static ObjectNode document(RecordedAnswer answer) {
    ObjectNode request =
        TraceJson.MAPPER.valueToTree(
            new Request(
                answer.id(),
                answer.question(),
                new Models(answer.small(), answer.large()),
                TraceJson.MAPPER.valueToTree(Options.of(answer.options()))));
    request.setAll(TraceJson.write(answer.trace()));
    return request;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UserMistake with a one-line message, if it is something else
   */
  public static RecordedAnswer read(String line) {
    try {
      JsonNode json = TraceJson.MAPPER.readTree(line);
      if (!json.isObject()) {
        throw new UserMistake("no JSON object");
      }
      Request request = TraceJson.MAPPER.treeToValue(json, Request.class);
      JsonNode options = TraceJson.orNull(request.options, "large_budget");
      Trace trace = TraceJson.read(json);
      if (trace == null) {
        throw new UserMistake("no list of segments");
      }
      return new RecordedAnswer(
          request.id,
          request.question,
          request.models.small,
          request.models.large,
          TraceJson.MAPPER.treeToValue(options, Options.class).toOptions(),
          trace);
    } catch (JacksonException e) {
      throw new UserMistake("not a trace: " + Json.complaint(e), e);
    } catch (UserMistake e) {
      throw new UserMistake("not a trace: " + e.getMessage(), e);
    }
  }

  /** The options are an {@link Options}. */
  private record Request(String id, String question, Models models, JsonNode options) {}

  private record Models(
      RecordedAnswer.@Nullable UsedModel small, RecordedAnswer.@Nullable UsedModel large) {}

  private record Options(
      String policy,
      double maxOffloadRatio,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer largeBudget,
      double offloadBias,
      double temperature,
      int topK,
      double topP,
      double minP,
      double repetitionPenalty,
      long seed,
      Map<Integer, Float> bias,
      int maxTokens,
      double timeLimit,
      double largeTimeout,
      boolean pipelined) {

    static Options of(SplitOptions options) {
      Sampling sampling = options.sampling();
      return new Options(
          options.policy().label(),
          options.maxOffloadRatio(),
          options.largeBudget() == Integer.MAX_VALUE ? null : options.largeBudget(),
          options.offloadBias(),
          sampling.temperature(),
          sampling.topK(),
          sampling.topP(),
          sampling.minP(),
          sampling.repetitionPenalty(),
          sampling.seed(),
          sampling.bias(),
          options.maxTokens(),
          options.timeBudget().toNanos() / 1e9,
          options.largeTimeout().toNanos() / 1e9,
          options.pipelined());
    }

    SplitOptions toOptions() {
      var sampling = new Sampling(temperature, topK, topP, minP, repetitionPenalty, seed, bias);
      return new SplitOptions(
          Policy.parse(policy),
          sampling,
          maxTokens,
          duration(timeLimit),
          maxOffloadRatio,
          largeBudget == null ? Integer.MAX_VALUE : largeBudget,
          offloadBias,
          pipelined,
          duration(largeTimeout));
    }

    private static Duration duration(double seconds) {
      return Duration.ofNanos(Math.round(seconds * 1e9));
    }
  }
}
