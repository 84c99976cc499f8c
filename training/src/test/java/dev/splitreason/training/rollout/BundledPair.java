package dev.splitreason.training.rollout;

import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.measure.ChainMeasurement;
import dev.splitreason.training.model.Transformer;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** The bundled pair on libtorch: the small model after SFT, and the large one. */
public final class BundledPair implements AutoCloseable {

  public static final PromptTemplate TEMPLATE = Templates.named("chain");
  public static final int MAX_TOKENS = 120;
  static final int SPAN_CAP = 16;
  private final JsonTokenizer tokenizer = BundledModels.tokenizer();
  private final Transformer smallWeights = BundledModels.weights("small-split");
  private final Transformer largeWeights = BundledModels.weights("large");
  private final TorchModel small;
  private final TorchModel large;

  /** A pair for so many answers at a time. */
  public BundledPair(int rows) {
    torch.set_num_threads(1);
    small = new TorchModel("small", smallWeights, tokenizer, 512, rows);
    large = new TorchModel("large", largeWeights, tokenizer, 512, rows);
  }

  public Transformer smallWeights() {
    return smallWeights;
  }

  public JsonTokenizer tokenizer() {
    return tokenizer;
  }

  public TorchModel small() {
    return small;
  }

  public TorchModel large() {
    return large;
  }

  /** Rollouts of the pair at temperature 1. */
  public PairRollouts rollouts(boolean handsOver, int together) {
    return new PairRollouts(
        small,
        large,
        TEMPLATE,
        TEMPLATE,
        TagSpelling.BIGMODEL,
        new RolloutConfig(handsOver, 1.0, MAX_TOKENS, 2, SPAN_CAP, together));
  }

  /** Chain problems, from an index on. */
  public static List<Problem> problems(long from, int count) {
    return ChainMeasurement.problems(ChainProblems.of(20_250_423), from, count);
  }

  @Override
  public void close() {
    small.close();
    large.close();
    tokenizer.close();
    smallWeights.close();
    largeWeights.close();
  }
}
