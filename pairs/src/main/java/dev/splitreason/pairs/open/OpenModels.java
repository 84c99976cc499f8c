package dev.splitreason.pairs.open;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.split.Pair;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens those models of a pair that any of several policies needs, for many answers at once. */
public final class OpenModels {

  /** An answer takes one sequence of a model, and a fork of it to look ahead. */
  private static final int SESSIONS_OF_AN_ANSWER = 2;

  private final PairSettings settings;
  private final ThreadShares shares;
  private final int sessions;
  private final List<OpenModel> opened = new ArrayList<>();

  private OpenModels(PairSettings settings, ThreadShares shares, int sessions) {
    this.settings = settings;
    this.shares = shares;
    this.sessions = sessions;
  }

  /**
   * Opens a pair; where no policy needs one of its sides, the model of the other stands there.
   *
   * @param cores CPU threads for all models together
   * @param inFlight the most answers at once
   * @throws dev.splitreason.core.model.ModelException if a model cannot be loaded
   */
  public static Pair open(
      PairSettings settings, Collection<Policy> policies, int cores, int inFlight) {
    ThreadShares shares =
        ThreadShares.sideBySide(cores)
            .forWeights(settings.small().location().bytes(), settings.large().location().bytes());
    var models = new OpenModels(settings, shares, SESSIONS_OF_AN_ANSWER * inFlight);
    try {
      return models.pair(policies);
    } catch (RuntimeException e) {
      models.opened.forEach(OpenModel::close);
      throw e;
    }
  }

  private Pair pair(Collection<Policy> policies) {
    ModelSettings base = settings.base();
    boolean untagged = policies.stream().anyMatch(OpenModels::smallWritesUntagged);
    boolean tagged = policies.stream().anyMatch(Policy::usesTags) || (untagged && base == null);
    boolean large = policies.stream().anyMatch(policy -> !(policy instanceof Policy.SmallOnly));

    OpenModel openSmall = tagged ? open(settings.small(), shares.small()) : null;
    OpenModel openBase = untagged && base != null ? open(base, shares.small()) : null;
    OpenModel openLarge = large ? open(settings.large(), shares.large()) : null;
    OpenModel writer = or(openSmall, openBase, openLarge);
    OpenModel other = or(openLarge, writer, writer);
    return Pair.builder()
        .small(
            writer.model(),
            template(
                writer.equals(openLarge) ? settings.largeTemplate() : settings.smallTemplate(),
                writer))
        .large(
            other.model(),
            template(
                openLarge == null ? settings.smallTemplate() : settings.largeTemplate(), other))
        .base(openBase == null ? null : openBase.model())
        .spans(settings.spans())
        .build();
  }

  private static boolean smallWritesUntagged(Policy policy) {
    return !policy.usesTags() && !(policy instanceof Policy.LargeOnly);
  }

  private OpenModel open(ModelSettings model, int threads) {
    OpenModel open = Models.open(model.onThreads(threads), sessions);
    opened.add(open);
    return open;
  }

  private PromptTemplate template(@Nullable String name, OpenModel model) {
    return TemplateChoice.of(name, model.settings(), settings.tags()).in(model);
  }

  private static OpenModel or(
      @Nullable OpenModel first, @Nullable OpenModel second, @Nullable OpenModel third) {
    OpenModel chosen = first != null ? first : second != null ? second : third;
    if (chosen == null) {
      throw new IllegalArgumentException("there is no policy to open models for");
    }
    return chosen;
  }
}
