package dev.splitreason.pairs.open;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.split.Pair;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pair of which those models run that a policy needs.
 *
 * @param pair for the decoder; where the policy needs one model only, that model is on both sides
 * @param small the model of the small side, or null if the policy needs none
 * @param large the model of the large side, or null if the policy needs none
 */
public record OpenPair(Pair pair, @Nullable OpenModel small, @Nullable OpenModel large)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenPair.class);

  /**
   * Opens the models that a policy needs, side by side.
   *
   * @param pipelined whether both will compute at the same time
   * @param cores CPU threads for both together
   * @throws dev.splitreason.core.model.ModelException if a model cannot be loaded
   * @throws InterruptedException if the calling thread is interrupted; a model that is being loaded
   *     is closed as soon as it is there
   */
  public static OpenPair open(PairSettings settings, Policy policy, boolean pipelined, int cores)
      throws InterruptedException {
    boolean needsSmall = !(policy instanceof Policy.LargeOnly);
    boolean needsLarge = !(policy instanceof Policy.SmallOnly);
    ModelSettings base = policy.usesTags() ? null : settings.base();
    ModelSettings writer = base == null ? settings.small() : base;
    TemplateChoice smallTemplate =
        TemplateChoice.of(settings.smallTemplate(), writer, settings.tags());
    TemplateChoice largeTemplate =
        TemplateChoice.of(settings.largeTemplate(), settings.large(), settings.tags());
    ThreadShares cpus =
        needsSmall && needsLarge && pipelined
            ? ThreadShares.sideBySide(cores)
            : ThreadShares.inTurn(cores);
    ThreadShares shares =
        cpus.forWeights(writer.location().bytes(), settings.large().location().bytes());

    CompletableFuture<OpenModel> loadingSmall =
        needsSmall ? load(writer.onThreads(shares.small())) : null;
    CompletableFuture<OpenModel> loadingLarge =
        needsLarge ? load(settings.large().onThreads(shares.large())) : null;
    try {
      OpenModel small = await(loadingSmall);
      OpenModel large = await(loadingLarge);
      if (small == null) {
        OpenModel only = Objects.requireNonNull(large);
        PromptTemplate template = largeTemplate.in(only);
        return new OpenPair(pair(settings, only, only, null, template, template), null, only);
      }
      PromptTemplate template = smallTemplate.in(small);
      LanguageModel untagged = base == null ? null : small.model();
      if (large == null) {
        return new OpenPair(
            pair(settings, small, small, untagged, template, template), small, null);
      }
      warnIfSwapped(small, large);
      return new OpenPair(
          pair(settings, small, large, untagged, template, largeTemplate.in(large)), small, large);
    } catch (Throwable e) {
      closeWhenThere(loadingSmall);
      closeWhenThere(loadingLarge);
      throw e;
    }
  }

  @Override
  public void close() {
    pair.close();
  }

  private static Pair pair(
      PairSettings settings,
      OpenModel small,
      OpenModel large,
      @Nullable LanguageModel base,
      PromptTemplate smallTemplate,
      PromptTemplate largeTemplate) {
    return Pair.builder()
        .small(small.model(), smallTemplate)
        .large(large.model(), largeTemplate)
        .base(base)
        .spans(settings.spans())
        .build();
  }

  private static CompletableFuture<OpenModel> load(ModelSettings settings) {
    return CompletableFuture.supplyAsync(
        () -> Models.open(settings), loading -> Thread.ofPlatform().daemon().start(loading));
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

  private static void closeWhenThere(@Nullable CompletableFuture<OpenModel> loading) {
    if (loading != null) {
      loading.thenAccept(OpenModel::close);
    }
  }

  private static void warnIfSwapped(OpenModel small, OpenModel large) {
    long smallSize = small.model().info().parameters();
    long largeSize = large.model().info().parameters();
    if (largeSize > 0 && smallSize > largeSize) {
      LOG.warn(
          "the small model {} has more parameters than the large one {} ({} and {}):"
              + " are --small and --large swapped?",
          small.settings().location(),
          large.settings().location(),
          String.format("%,d", smallSize),
          String.format("%,d", largeSize));
    }
  }
}
