package dev.splitreason.core.batch;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Vocabulary;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A {@link TinyTransformer} behind a loop. */
final class TinyModel implements LanguageModel {

  static final int CONTEXT = 64;
  static final int[] PROMPT = tokens(1, 20);
  static final Sampling WARM = Sampling.at(0.8, 42).forbidding(Vocabulary.BYTES.end());

  final TinyTransformer transformer;
  final BatchLoop loop;

  TinyModel(Appending appending, int maxSessions, int cells) {
    transformer =
        new TinyTransformer(
            Vocabulary.BYTES.size(), maxSessions, cells, new BatchLimits(32, 16, 8));
    loop = new BatchLoop(info(), tokenizer(), transformer, maxSessions, appending);
  }

  /** A model with room enough, which prefills what is appended. */
  static TinyModel roomy() {
    return new TinyModel(Appending.PREFILLS, 16, 10_000);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("tiny", "one layer of attention", 0, CONTEXT, null);
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.ALL;
  }

  @Override
  public Tokenizer tokenizer() {
    return Vocabulary.BYTES;
  }

  @Override
  public BatchSession open() {
    return open(null);
  }

  BatchSession open(@Nullable DrawListener draws) {
    return loop.open(this, draws);
  }

  BatchSession opened(int... prompt) throws InterruptedException {
    BatchSession session = open();
    session.append(prompt);
    return session;
  }

  /** What a session of its own writes after a prompt. */
  List<Integer> decode(int[] prompt, int count) throws InterruptedException {
    try (BatchSession session = opened(prompt)) {
      return ids(session.decode(DecodeRequest.upTo(count, WARM), token -> {}));
    }
  }

  static List<Integer> ids(Decoded decoded) {
    return decoded.tokens().stream().map(Token::id).toList();
  }

  /** Token ids of no meaning, the same for the same arguments. */
  static int[] tokens(int seed, int count) {
    return new SplittableRandom(seed).ints(count, 0, 256).toArray();
  }

  @Override
  public void close() {
    loop.close();
  }
}
