package dev.splitreason.server.request;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.piece.Stops;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.server.config.ServeSettings.Limits;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.pair.Addressed;
import dev.splitreason.server.pair.ServedPairs;
import dev.splitreason.server.request.RequestFields.OffloadFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what requests ask for.
 *
 * @param pairs that can be asked
 * @param limits that hold for every request
 */
public record Asking(ServedPairs pairs, Limits limits) {

  private static final int MOST_STOPS = 16;

  /**
   * Reads a request.
   *
   * @param usualTokens the most tokens of an answer where the request does not say; null for as
   *     many as the pair usually writes
   * @throws Refusal if it cannot be meant, or not be done
   */
  public Asked read(
      RequestFields fields, DrawFields draws, LengthFields length, @Nullable Integer usualTokens) {
    if (fields.model() == null) {
      throw Refusal.invalid("model", "model must name one of the models of /v1/models");
    }
    if (fields.choices() < 1 || fields.choices() > limits.choices()) {
      throw Refusal.invalid("n", "n must be in 1 … " + limits.choices() + ", not " + fields.n());
    }
    Addressed model = pairs.named(fields.model());
    SplitOptions named = model.options();
    SplitOptions options = offload(fields.offloadOrNone(), named);
    int tokens = usualTokens == null ? options.maxTokens() : usualTokens;
    options =
        options
            .withSampling(draws.over(options.sampling(), model.pair()))
            .withMaxTokens(length.most(tokens, limits));
    if (options.timeBudget().compareTo(limits.time()) > 0) {
      options = options.withTimeBudget(limits.time());
    }
    return new Asked(fields, model, options, stops(fields));
  }

  private static SplitOptions offload(OffloadFields offload, SplitOptions usual) {
    SplitOptions options = usual;
    try {
      if (offload.policy() != null) {
        PolicyChoice choice = PolicyChoice.parse(offload.policy());
        options = options.withPolicy(choice.policy()).withOffloadBias(choice.offloadBias());
        if (choice.policy() instanceof Policy.LargeOnly) {
          options = options.withMaxOffloadRatio(1).withLargeBudget(Integer.MAX_VALUE);
        }
      }
      if (offload.maxRatio() != null) {
        options = options.withMaxOffloadRatio(offload.maxRatio());
      }
      if (offload.budget() != null) {
        options = options.withLargeBudget(offload.budget());
      }
      if (offload.bias() != null) {
        options = options.withOffloadBias(offload.bias());
      }
    } catch (UserMistake e) {
      throw Refusal.invalid("offload", e.getMessage());
    }
    return switch (offload.mode()) {
      case null -> options;
      case "pipelined" -> options.withPipelined(true);
      case "sequential" -> options.withPipelined(false);
      default ->
          throw Refusal.invalid(
              "offload.mode",
              "offload.mode must be pipelined or sequential, not " + offload.mode());
    };
  }

  private static Stops stops(RequestFields fields) {
    JsonNode stop = fields.stop();
    boolean included = fields.includeStopStrInOutput() != null && fields.includeStopStrInOutput();
    if (stop == null || stop.isNull()) {
      return Stops.NONE;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : stop.isArray() ? stop : List.of(stop)) {
      if (!text.isString() || text.asString().isEmpty()) {
        throw Refusal.invalid("stop", "stop must be a text or a list of texts, none of them empty");
      }
      texts.add(text.asString());
    }
    if (texts.size() > MOST_STOPS) {
      throw Refusal.invalid("stop", "stop may have " + MOST_STOPS + " texts, not " + texts.size());
    }
    return new Stops(texts, included);
  }
}
