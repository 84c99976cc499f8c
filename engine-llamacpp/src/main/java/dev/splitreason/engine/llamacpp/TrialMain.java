package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.llamacpp.trial.TrialReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of a trial: opens a file as the engine does and does with it, on a small scale, all
 * that answers do. Ends when its parent does.
 */
final class TrialMain {

  private static final int CONTEXT = 512;
  private static final int PROMPT = 48;
  private static final int DECODED = 4;

  /** Files below this size are decoded by one thread: more would wait for each other. */
  private static final long WORTH_THREADS = 64L << 20;

  private TrialMain() {}

  /** What {@link #main} is to be given. */
  static List<String> arguments(Path file, LlamaCppOptions options, long memory) {
    int threads = file.toFile().length() < WORTH_THREADS ? 1 : options.threads();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                file.toAbsolutePath().toString(),
                Integer.toString(threads),
                Integer.toString(options.gpuLayers()),
                options.kvType().name(),
                Integer.toString(options.batchSize()),
                Long.toString(memory)));
    Path adapter = options.adapter();
    if (adapter != null) {
      arguments.add(adapter.toAbsolutePath().toString());
    }
    return arguments;
  }

  /** See {@link #arguments}. */
  public static void main(String[] args) {
    Thread.ofPlatform().daemon().start(TrialMain::endWithParent);
    LlamaCppOptions options =
        LlamaCppOptions.DEFAULTS
            .withThreads(Integer.parseInt(args[1]))
            .withGpuLayers(Integer.parseInt(args[2]))
            .withKvType(KvType.valueOf(args[3]))
            .withBatchSize(Integer.parseInt(args[4]))
            .withMaxSessions(2)
            .withContextLength(CONTEXT)
            .withCacheTokens(2 * CONTEXT)
            .withAdapter(args.length > 6 ? Path.of(args[6]) : null);
    LlamaRuntime runtime = LlamaRuntime.forTrial();
    MemoryLimit.set(Long.parseLong(args[5]));
    TrialReport.READY.send("");
    try (LlamaCppModel model = LlamaCppModel.loadAdmitted(runtime, Path.of(args[0]), options)) {
      vocabulary(model.tokenizer());
      decoding(model);
      TrialReport.SURVIVED.send("");
    } catch (ModelException e) {
      TrialReport.REFUSED.send(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts it", e);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // its parent writes nothing
      }
    } catch (IOException e) {
      // its parent is gone
    }
    Runtime.getRuntime().halt(1);
  }

  private static void vocabulary(LlamaVocabulary vocabulary) {
    for (int id = 0; id < vocabulary.size(); id++) {
      vocabulary.bytes(id);
      vocabulary.kind(id);
    }
    for (String text : List.of("", sample())) {
      vocabulary.tokenize(text);
      vocabulary.tokenizeWithControl(text);
    }
  }

  /** Characters of every length in UTF-8, in words, numbers, white space, signs and emoji. */
  private static String sample() {
    StringBuilder text = new StringBuilder();
    for (int character = 1; character < 0x800; character++) {
      text.appendCodePoint(character);
    }
    return text.append(
            " The answer is 3.14159 (not 42)?\n\n"
                + "\t  中文 日本語 한국어 ไทย हिन्दी العربية 👩‍👩‍👧 \uFFFD x")
        .append("word ".repeat(16))
        .append("0123456789".repeat(4))
        .toString();
  }

  private static void decoding(LlamaCppModel model) throws InterruptedException {
    int size = model.tokenizer().size();
    int[] prompt = new int[PROMPT];
    for (int i = 0; i < PROMPT; i++) {
      prompt[i] = (int) ((long) i * (size - 1) / (PROMPT - 1));
    }
    try (Session session = model.open()) {
      session.append(prompt);
      session.decode(DecodeRequest.upTo(DECODED, Sampling.GREEDY), token -> {});
      try (Session fork = session.fork()) {
        fork.truncate(PROMPT / 2);
        fork.append(prompt[0], prompt[PROMPT - 1]);
        fork.decode(DecodeRequest.upTo(1, Sampling.GREEDY), token -> {});
      }
    } catch (ModelException e) {
      // Not the end of the process: an answer will meet the same, and tell it.
    }
  }
}
