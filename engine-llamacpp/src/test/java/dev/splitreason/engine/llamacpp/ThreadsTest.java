package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.engine.contract.random.RandomQwen2;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tokens come whatever the number of threads, which changes from batch to batch. */
class ThreadsTest {

  private static final int PROMPT = 600;

  /** 35 MB as Q8_0: worth two threads. */
  private static final ModelShape WIDE =
      new ModelShape(
          ModelFamily.QWEN2, 512, 1024, 3, 16, 4, 64, 3072, 1e-6, Rope.of(10_000), 1024, true);

  @TempDir private Path folder;

  private record Written(List<Integer> ids, float[] entropies) {}

  private static Written write(Path file, int threads) throws InterruptedException {
    LlamaCppOptions options =
        LlamaCppOptions.DEFAULTS.withThreads(threads).withContextLength(1024).withMaxSessions(2);
    try (LlamaCppModel model = LlamaCppModel.load(file, options);
        Session session = model.open()) {
      int[] prompt = TinyModel.tokens(3, PROMPT);
      session.append(prompt);
      List<Integer> ids =
          session.decode(DecodeRequest.upTo(60, Sampling.GREEDY), token -> {}).tokens().stream()
              .map(Token::id)
              .toList();
      return new Written(
          ids, session.score(TinyModel.tokens(4, 20), ScoreRequest.ofEntropy()).entropy());
    }
  }

  @Test
  void greedyTextsAreTheSameForEveryNumberOfThreads() throws IOException, InterruptedException {
    Path file = folder.resolve("wide.gguf");
    RandomQwen2.of(WIDE, GgufTensorType.Q8_0, 7).write(file);

    Written one = write(file, 1);
    Written two = write(file, 2);

    assertThat(two.ids()).isEqualTo(one.ids());
    assertThat(two.entropies()).isEqualTo(one.entropies());
  }
}
