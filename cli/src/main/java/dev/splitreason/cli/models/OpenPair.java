package dev.splitreason.cli.models;

import dev.splitreason.cli.config.ModelSettings;
import dev.splitreason.cli.config.PairSettings;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.split.Pair;
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
    boolean alone = policy instanceof Policy.SmallOnly || policy instanceof Policy.LargeOnly;
    ThreadShares shares =
        pipelined && !alone ? ThreadShares.sideBySide(cores) : ThreadShares.inTurn(cores);
    ModelSettings base = policy.usesTags() ? null : settings.base();
    ModelSettings writer = base == null ? settings.small() : base;

    CompletableFuture<OpenModel> small =
        policy instanceof Policy.LargeOnly ? null : load(writer.onThreads(shares.small()));
    CompletableFuture<OpenModel> large =
        policy instanceof Policy.SmallOnly
            ? null
            : load(settings.large().onThreads(shares.large()));
    try {
      return of(settings, base != null, await(small), await(large));
    } catch (Throwable e) {
      closeWhenThere(small);
      closeWhenThere(large);
      throw e;
    }
  }

  @Override
  public void close() {
    pair.close();
  }

  private static OpenPair of(
      PairSettings settings, boolean onBase, @Nullable OpenModel small, @Nullable OpenModel large) {
    if (small != null && large != null) {
      warnIfSwapped(small, large);
    }
    OpenModel left = Objects.requireNonNull(small == null ? large : small);
    OpenModel right = large == null ? left : large;
    String leftTemplate = small == null ? settings.largeTemplate() : settings.smallTemplate();
    String rightTemplate = large == null ? leftTemplate : settings.largeTemplate();
    var pair =
        new Pair(
            left.model(),
            right.model(),
            onBase && small != null ? small.model() : null,
            TemplateChoice.of(leftTemplate, left),
            TemplateChoice.of(rightTemplate, right),
            settings.tags(),
            settings.chunk(),
            settings.spanCap());
    return new OpenPair(pair, small, large);
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
