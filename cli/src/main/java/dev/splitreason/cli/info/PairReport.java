package dev.splitreason.cli.info;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.vocabulary.Exchange;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.Models;
import dev.splitreason.pairs.open.OpenModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models of a pair, and what they say to each other.
 *
 * @param models one after another
 * @param exchange null where the small or the large model cannot be used
 */
record PairReport(List<ModelReport> models, @Nullable Exchanged exchange) {

  /**
   * How what one model writes reaches the other.
   *
   * @param by {@code ids} or {@code text}
   * @param why in a few words
   */
  record Exchanged(String by, String why) {}

  /** Loads the models to describe them. */
  static PairReport of(PairSettings pair) {
    try (var models = new OpenedModels(pair)) {
      OpenModel small = models.open("small", pair.small(), pair.smallTemplate());
      OpenModel large = models.open("large", pair.large(), pair.largeTemplate());
      if (pair.base() != null) {
        models.open("base", pair.base(), pair.smallTemplate());
      }
      return new PairReport(models.reports, exchange(small, large));
    }
  }

  private static @Nullable Exchanged exchange(
      @Nullable OpenModel small, @Nullable OpenModel large) {
    if (small == null || large == null) {
      return null;
    }
    Exchange exchange = Exchange.between(small.model().tokenizer(), large.model().tokenizer());
    return new Exchanged(exchange.byIds() ? "ids" : "text", exchange.why());
  }

  /** Models that stay open until all of them are described. */
  private static final class OpenedModels implements AutoCloseable {
    private final PairSettings pair;
    private final List<OpenModel> opened = new ArrayList<>();
    final List<ModelReport> reports = new ArrayList<>();

    OpenedModels(PairSettings pair) {
      this.pair = pair;
    }

    /** Opens a model and adds its report; null if it cannot be used. */
    @Nullable OpenModel open(String role, ModelSettings settings, @Nullable String template) {
      try {
        OpenModel model = Models.open(settings);
        opened.add(model);
        reports.add(ModelReport.of(role, model, template, pair.tags()));
        return model;
      } catch (ModelException | UserMistake e) {
        reports.add(ModelReport.ofProblem(role, settings, e.getMessage()));
        return null;
      }
    }

    @Override
    public void close() {
      opened.forEach(OpenModel::close);
    }
  }
}
