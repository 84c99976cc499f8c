package dev.splitreason.pairs.open;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.engine.openai.OpenAiModel;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one pair: the models that are needed, side by side, and all of them or none. */
final class PairOpening {

  private static final Logger LOG = LoggerFactory.getLogger(OpenPair.class);

  private final PairSettings settings;
  private final Workload work;
  private final List<CompletableFuture<OpenModel>> loading = new ArrayList<>();

  PairOpening(PairSettings settings, Workload work) {
    this.settings = settings;
    this.work = work;
  }

  OpenPair open() throws InterruptedException {
    ModelSettings largeSettings = work.usesLarge() ? settings.large() : null;
    ModelSettings baseSettings = work.writesUntagged() ? settings.base() : null;
    boolean smallWrites = work.usesTags() || (work.writesUntagged() && baseSettings == null);
    ModelSettings smallSettings = smallWrites ? settings.small() : null;
    MemoryPlan plan = plan(smallSettings, baseSettings, largeSettings);
    // Before anything is loaded, so that a wrong name costs no time.
    TemplateChoice smallTemplate =
        template(settings.smallTemplate(), smallWrites ? smallSettings : baseSettings);
    TemplateChoice largeTemplate = template(settings.largeTemplate(), largeSettings);
    try {
      var loadingSmall = load(smallSettings, plan);
      var loadingBase = load(baseSettings, plan);
      var loadingLarge = load(largeSettings, plan);
      OpenModel small = await(loadingSmall);
      OpenModel base = await(loadingBase);
      OpenModel large = await(loadingLarge);
      warnIfSwapped(small == null ? base : small, large);
      countAlike(small == null ? base : small, large);
      Side smallSide = Side.of(small == null ? base : small, smallTemplate);
      Side largeSide = Side.of(large, largeTemplate);
      Pair pair = pair(smallSide, base, largeSide);
      return new OpenPair(pair, small, base, large, plan.answersAtOnce(), SplitOptions.DEFAULT);
    } catch (Throwable e) {
      for (CompletableFuture<OpenModel> model : loading) {
        var _ = model.thenAccept(OpenModel::close);
      }
      throw e;
    }
  }

  private MemoryPlan plan(@Nullable ModelSettings... models) {
    return work.answerTokens() == 0
        ? new MemoryPlan(work.answersAtOnce(), Map.of())
        : MemoryPlan.of(
            Stream.of(models).filter(Objects::nonNull).map(Models::located).toList(), work);
  }

  /** A model and how it is asked. */
  private record Side(OpenModel model, TemplateChoice template) {
    static @Nullable Side of(@Nullable OpenModel model, @Nullable TemplateChoice template) {
      return model == null || template == null ? null : new Side(model, template);
    }
  }

  private Pair pair(@Nullable Side small, @Nullable OpenModel base, @Nullable Side large) {
    Side first = small == null ? large : small;
    Side second = large == null ? small : large;
    if (first == null || second == null) {
      throw new IllegalStateException("every policy needs a model");
    }
    return Pair.builder()
        .small(first.model().model(), first.template().in(first.model()))
        .large(second.model().model(), second.template().in(second.model()))
        .base(base == null ? null : base.model())
        .spans(settings.spans())
        .build();
  }

  private @Nullable TemplateChoice template(@Nullable String pairs, @Nullable ModelSettings model) {
    return model == null ? null : TemplateChoice.of(pairs, model, settings.tags());
  }

  private @Nullable CompletableFuture<OpenModel> load(
      @Nullable ModelSettings model, MemoryPlan plan) {
    if (model == null) {
      return null;
    }
    CompletableFuture<OpenModel> future =
        CompletableFuture.supplyAsync(
            () -> open(plan.apply(Models.located(model)), plan.cacheTokens(model)),
            loader -> Thread.ofPlatform().daemon().start(loader));
    loading.add(future);
    return future;
  }

  private OpenModel open(ModelSettings model, int cacheTokens) {
    return Models.open(model, work.sessions(), cacheTokens, work.cores(), work.connectLimit());
  }

  private static @Nullable OpenModel await(@Nullable CompletableFuture<OpenModel> loading)
      throws InterruptedException {
    if (loading == null) {
      return null;
    }
    try {
      return loading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A model that only text is exchanged with counts, where it must, as the other one does. */
  private static void countAlike(@Nullable OpenModel one, @Nullable OpenModel other) {
    if (one == null || other == null) {
      return;
    }
    countLike(one.model(), other.model().tokenizer());
    countLike(other.model(), one.model().tokenizer());
  }

  private static void countLike(LanguageModel model, @Nullable Tokenizer tokenizer) {
    if (tokenizer != null && model instanceof OpenAiModel served) {
      served.countLike(tokenizer);
    }
  }

  private static void warnIfSwapped(@Nullable OpenModel small, @Nullable OpenModel large) {
    if (small == null || large == null) {
      return;
    }
    long smallSize = small.model().info().parameters();
    long largeSize = large.model().info().parameters();
    if (largeSize > 0 && smallSize > largeSize) {
      LOG.warn(
          "the small model {} has more parameters than the large one {} ({} and {}):"
              + " are the two swapped?",
          small.settings().location(),
          large.settings().location(),
          String.format("%,d", smallSize),
          String.format("%,d", largeSize));
    }
  }
}
