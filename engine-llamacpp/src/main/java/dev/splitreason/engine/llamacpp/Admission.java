package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.engine.llamacpp.check.ModelFileCheck;
import dev.splitreason.engine.llamacpp.trial.Trial;
import dev.splitreason.engine.llamacpp.trial.TrialVerdict;
import dev.splitreason.engine.llamacpp.trial.VerdictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a file may be opened in this process: llama.cpp ends the process where a file is
 * not what it takes for granted. What is known to open is let in at once; anything else is checked
 * by rules, then opened and decoded with in a process of its own, once for as long as it stays
 * unchanged.
 */
final class Admission {

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private static final AtomicBoolean TOLD = new AtomicBoolean();

  /** To start, load the libraries and decode: half a second, and 24 on a machine far too busy. */
  private static final Duration BASE_TIME = Duration.ofMinutes(3);

  /** The slowest that a disk may give the weights, in bytes per second. */
  private static final long DISK_SPEED = 20 << 20;

  /** What a process may have beside the weights, for its heap, libraries, code and buffers. */
  private static final long BASE_MEMORY = 3L << 30;

  private final LlamaRuntime runtime;
  private final VerdictStore store;

  Admission(LlamaRuntime runtime, VerdictStore store) {
    this.runtime = runtime;
    this.store = store;
  }

  /** With the verdicts of this user. */
  static Admission of(LlamaRuntime runtime) {
    return new Admission(runtime, new VerdictStore(UserCache.ofUser().root().resolve("tried")));
  }

  /**
   * Lets a file in, and gives its header.
   *
   * @throws ModelException with a line that says why not
   */
  GgufFile admit(Path path, LlamaCppOptions options) {
    try {
      GgufFile file = GgufFile.read(path);
      ModelFileCheck.requireKnownKind(file, options.anyArchitecture());
      if (KnownFiles.contains(file)) {
        return file;
      }
      List<String> facts = facts(file, options);
      TrialVerdict verdict = store.find(facts);
      if (verdict == null) {
        ModelFileCheck.requireSound(file);
        verdict = run(path, options);
        store.keep(facts, verdict);
      }
      obey(path, verdict);
      return file;
    } catch (ModelFileException e) {
      throw new ModelException(Kind.NOT_LOADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** All that the verdict on a file may depend on. */
  private List<String> facts(GgufFile file, LlamaCppOptions options) {
    try {
      return List.of(
          runtime.api().version(),
          runtime.folder().toString(),
          file.path().toRealPath().toString(),
          Long.toString(Files.size(file.path())),
          Files.getLastModifiedTime(file.path()).toInstant().toString(),
          Long.toString(file.headerSum()),
          options.gpuLayers() == 0 ? "cpu" : "gpu",
          options.kvType().name(),
          Integer.toString(options.batchSize()));
    } catch (IOException e) {
      throw ModelFileException.of(file.path(), "cannot be read", e);
    }
  }

  private TrialVerdict run(Path path, LlamaCppOptions options) {
    long size = path.toFile().length();
    Trial trial =
        new Trial(
            TrialMain.class,
            TrialMain.arguments(path, options, BASE_MEMORY + 2 * size),
            Map.of(
                NativeLibraries.HOME_VARIABLE,
                runtime.folder().toString(),
                AbortReason.NO_BACKTRACE,
                "1"),
            BASE_TIME.plusSeconds(size / DISK_SPEED));
    try {
      return trial.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Kind.UNAVAILABLE, "opening " + path + " was interrupted", e);
    }
  }

  private static void obey(Path path, TrialVerdict verdict) {
    switch (verdict) {
      case TrialVerdict.Survived() -> {}
      case TrialVerdict.NotTried(String reason) -> {
        if (TOLD.compareAndSet(false, true)) {
          LOG.warn("model files are opened without a trial in a process of their own: {}", reason);
        }
      }
      case TrialVerdict.Ended(String reason) ->
          throw new ModelException(
              Kind.NOT_LOADABLE, path + ": llama.cpp cannot live with this file: " + reason);
      case TrialVerdict.Refused(String reason) ->
          throw new ModelException(Kind.NOT_LOADABLE, reason);
      case TrialVerdict.Unfinished(String reason) ->
          throw new ModelException(
              Kind.NOT_LOADABLE, path + ": a trial with this file failed: " + reason);
    }
  }
}
