package dev.splitreason.benchmarks;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * This project's engine, loaded anew for every measurement, so that no idle thread of it disturbs
 * the other side's.
 */
record EmbeddedEngine(Path model, int threads) {

  /** How many tokens each session has before the clock of {@link #decodeTogether} starts. */
  private static final int SHORT_PROMPT = 16;

  private static final int WARM_UP = 8;

  /**
   * Times a workload through a session, sampling and detokenisation included, after a warm-up. The
   * clock of decoding covers one forward pass a token, as llama-bench's does: the first is that of
   * the token before.
   */
  Speed measure(ThroughputWorkload workload) throws InterruptedException {
    int context = Math.max(workload.prompt(), workload.generate()) + 2 * WARM_UP;
    try (LanguageModel loaded = load(1, context)) {
      prefillSeconds(loaded, workload.prompt());
      decodeSeconds(loaded, WARM_UP);
      double prefill = prefillSeconds(loaded, workload.prompt());
      double decode = decodeSeconds(loaded, workload.generate());
      return new Speed(workload.prompt() / prefill, workload.generate() / decode);
    }
  }

  /**
   * Times sessions that decode at the same time, each on its own text.
   *
   * @return tokens a second of all together
   */
  double decodeTogether(int sessions, int tokens) throws InterruptedException {
    try (LanguageModel loaded = load(sessions, SHORT_PROMPT + tokens + WARM_UP);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      decodeSeconds(loaded, WARM_UP);
      CyclicBarrier start = new CyclicBarrier(sessions + 1);
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        int[] prompt = randomTokens(loaded, SHORT_PROMPT, i);
        runs.add(
            threads.submit(
                () -> {
                  try (Session session = loaded.open()) {
                    session.append(prompt);
                    start.await();
                    return decode(session, tokens);
                  }
                }));
      }
      return sessions * tokens / secondsFromStart(start, runs);
    }
  }

  private static double secondsFromStart(CyclicBarrier start, List<Future<?>> runs)
      throws InterruptedException {
    try {
      start.await();
      long began = System.nanoTime();
      for (Future<?> run : runs) {
        run.get();
      }
      return secondsSince(began);
    } catch (ExecutionException | BrokenBarrierException e) {
      throw new IllegalStateException("a session failed: " + e.getMessage(), e);
    }
  }

  private LanguageModel load(int sessions, int context) {
    return LlamaCppModel.load(
        model,
        LlamaCppOptions.DEFAULTS
            .withThreads(threads)
            .withContextLength(context)
            .withMaxSessions(sessions));
  }

  private static double prefillSeconds(LanguageModel loaded, int tokens)
      throws InterruptedException {
    int[] prompt = randomTokens(loaded, tokens, 0);
    try (Session session = loaded.open()) {
      long began = System.nanoTime();
      session.append(prompt);
      return secondsSince(began);
    }
  }

  private static double decodeSeconds(LanguageModel loaded, int tokens)
      throws InterruptedException {
    int[] prompt = randomTokens(loaded, 1, 0);
    try (Session session = loaded.open()) {
      long began = System.nanoTime();
      session.append(prompt);
      decode(session, tokens);
      return secondsSince(began);
    }
  }

  private static Decoded decode(Session session, int tokens) throws InterruptedException {
    Decoded decoded = session.decode(DecodeRequest.upTo(tokens, Sampling.GREEDY), token -> {});
    if (decoded.tokens().size() != tokens) {
      throw new IllegalStateException(
          "the model ended its text after %d of %d tokens: use one of random weights"
              .formatted(decoded.tokens().size(), tokens));
    }
    return decoded;
  }

  private static int[] randomTokens(LanguageModel loaded, int count, long seed) {
    int size = Objects.requireNonNull(loaded.tokenizer()).size();
    return new SplittableRandom(seed).ints(count, 0, size).toArray();
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
