package dev.splitreason.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.server.pair.ServedPair;
import org.jspecify.annotations.Nullable;

/**
 * What a list of models tells of a pair beyond OpenAI's protocol, under {@code splitreason}.
 *
 * @param ready whether its models are there
 * @param conversation whether it takes more than one question; left out until it is ready
 * @param offload how it answers unless asked otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PairDocument(
    boolean ready,
    @Nullable Boolean conversation,
    ModelFields small,
    ModelFields large,
    OffloadFields offload) {

  /**
   * One of its models.
   *
   * @param parameters left out where it is not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ModelFields(String name, @Nullable Long parameters) {
    static ModelFields of(String name, @Nullable LanguageModel model) {
      long parameters = model == null ? 0 : model.info().parameters();
      return new ModelFields(name, parameters == 0 ? null : parameters);
    }
  }

  /** The dial. */
  record OffloadFields(String policy, double bias, double maxRatio, String mode) {
    static OffloadFields of(SplitOptions options) {
      return new OffloadFields(
          options.policy().label(),
          options.offloadBias(),
          options.maxOffloadRatio(),
          options.pipelined() ? "pipelined" : "sequential");
    }
  }

  static PairDocument of(ServedPair pair) {
    boolean ready = pair.isReady();
    Pair open = ready ? pair.open().pair() : null;
    PairSettings settings = pair.settings();
    return new PairDocument(
        ready,
        ready ? pair.takesConversations() : null,
        ModelFields.of(settings.small().name(), open == null ? null : open.small()),
        ModelFields.of(settings.large().name(), open == null ? null : open.large()),
        OffloadFields.of(pair.options()));
  }
}
