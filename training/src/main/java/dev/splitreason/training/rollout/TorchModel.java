package dev.splitreason.training.rollout;

import dev.splitreason.core.batch.Appending;
import dev.splitreason.core.batch.BatchLoop;
import dev.splitreason.core.batch.BatchSession;
import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.training.model.Transformer;
import org.bytedeco.pytorch.Tensor;

/**
 * Training weights as a language model: sessions grow side by side and are computed together, as
 * one batch on one key-value cache.
 *
 * <p>It always computes with the weights as they are now. An update must wait until no session is
 * open: what a session has computed was computed with the weights before.
 */
public final class TorchModel implements LanguageModel {

  private final ModelInfo info;
  private final Tokenizer tokenizer;
  private final TorchEvaluator evaluator;
  private final BatchLoop loop;

  /**
   * A model that computes on a thread of its own until it is closed.
   *
   * @param name what messages call it
   * @param weights the caller's to close, after this
   * @param contextLength the most tokens of a session
   * @param maxSessions the most sessions at a time
   */
  public TorchModel(
      String name, Transformer weights, Tokenizer tokenizer, int contextLength, int maxSessions) {
    this.info =
        new ModelInfo(
            name,
            weights.shape().family().label() + " on libtorch",
            weights.parameters().values().stream().mapToLong(Tensor::numel).sum(),
            contextLength,
            null);
    this.tokenizer = tokenizer;
    this.evaluator = new TorchEvaluator(name, weights, maxSessions);
    this.loop = new BatchLoop(info, tokenizer, evaluator, maxSessions, Appending.WAITS);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.ALL;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public Session open() {
    return loop.open(this, null);
  }

  /** The same model, whose sessions write down what they draw. */
  LanguageModel recordedIn(DrawLog log) {
    return new Recorded(this, log);
  }

  /** How many forward passes it has computed, and how many rows they had together. */
  public BatchCount batches() {
    return evaluator.batches();
  }

  /**
   * What was computed so far.
   *
   * @param passes forward passes
   * @param rows sessions in them together
   * @param tokens new tokens in them together
   */
  public record BatchCount(long passes, long rows, long tokens) {}

  @Override
  public void close() {
    loop.close();
  }

  private record Recorded(TorchModel model, DrawLog log) implements LanguageModel {
    @Override
    public ModelInfo info() {
      return model.info();
    }

    @Override
    public Capabilities capabilities() {
      return model.capabilities();
    }

    @Override
    public Tokenizer tokenizer() {
      return model.tokenizer();
    }

    @Override
    public Session open() {
      BatchSession session = model.loop.open(model, log);
      log.follow(session);
      return session;
    }

    /** The model stays: it belongs to whoever opened it. */
    @Override
    public void close() {}
  }
}
