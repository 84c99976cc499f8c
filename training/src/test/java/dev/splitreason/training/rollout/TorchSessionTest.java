package dev.splitreason.training.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.contract.SessionContract;
import dev.splitreason.engine.contract.SessionLimitContract;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.model.Transformer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every session promises, by the bundled large model's weights in training. */
class TorchSessionTest implements SessionContract, SessionLimitContract {

  private static final int END_OF_TEXT = 2;

  /**
   * A trained model is sure of what it writes: at a lower temperature every seed gives one text.
   */
  private static final Sampling WARM = Sampling.at(2, 42).forbidding(END_OF_TEXT);

  @SuppressWarnings("NullAway.Init")
  private static Transformer weights;

  @SuppressWarnings("NullAway.Init")
  private static JsonTokenizer tokenizer;

  @SuppressWarnings("NullAway.Init")
  private static TorchModel model;

  @BeforeAll
  static void load() {
    torch.set_num_threads(1);
    weights = BundledModels.weights("large");
    tokenizer = BundledModels.tokenizer();
    model = new TorchModel("large", weights, tokenizer, CONTEXT, 16);
  }

  @AfterAll
  static void free() {
    model.close();
    tokenizer.close();
    weights.close();
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public LanguageModel modelOf(int sessions) {
    return new TorchModel("another", weights, tokenizer, CONTEXT, sessions);
  }

  @Override
  public Sampling steady() {
    return WARM;
  }

  @Test
  void sessionsThatWaitTogetherAreComputedTogether() throws Exception {
    TorchModel.BatchCount before = model.batches();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Token>>> together =
          IntStream.range(0, 8)
              .mapToObj(seed -> threads.submit(() -> decode(passage(seed, 10), 100, WARM)))
              .toList();
      for (Future<List<Token>> each : together) {
        each.get();
      }
    }
    TorchModel.BatchCount after = model.batches();
    long rows = after.rows() - before.rows();
    assertThat(rows).isLessThanOrEqualTo(800);
    assertThat(after.passes() - before.passes()).isLessThan(rows / 3);
  }
}
