package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufParts;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.engine.llamacpp.check.AdapterCheck;
import dev.splitreason.engine.llamacpp.check.ModelFileCheck;
import dev.splitreason.engine.llamacpp.check.ModelHeader;
import dev.splitreason.engine.llamacpp.check.ModelKind;
import dev.splitreason.engine.llamacpp.trial.Trial;
import dev.splitreason.engine.llamacpp.trial.TrialVerdict;
import dev.splitreason.engine.llamacpp.trial.VerdictStore;
import dev.splitreason.engine.llamacpp.trial.VerdictStore.Remembered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
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

  /** The bytes of a file that are summed to recognise it. */
  private static final int BEGINNING = 64 << 10;

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
   * Lets a file in, with the adapter it is to be opened with, and gives what its header says.
   *
   * @throws ModelException with a line that says why not
   */
  ModelHeader admit(Path path, LlamaCppOptions options) {
    ModelHeader header = admitModel(path, options.withAdapter(null));
    Path adapter = options.adapter();
    if (adapter != null) {
      admitAdapter(adapter, path, options);
    }
    return header;
  }

  private ModelHeader admitModel(Path path, LlamaCppOptions options) {
    try {
      List<String> facts = facts(path, options);
      Remembered known = facts == null ? null : store.find(facts);
      ModelHeader header = known == null ? null : ModelHeader.parse(known.note());
      if (known == null || header == null) {
        return admitNew(path, facts, options);
      }
      ModelFileCheck.requireKnownKind(path, header.kind(), options.anyArchitecture());
      obey(path, known.verdict());
      return header;
    } catch (ModelFileException e) {
      throw new ModelException(Kind.NOT_LOADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private ModelHeader admitNew(Path path, @Nullable List<String> facts, LlamaCppOptions options) {
    GgufFile file = GgufFile.read(path);
    List<GgufFile> parts = GgufParts.others(file);
    ModelFileCheck.requireKnownKind(path, ModelKind.of(file), options.anyArchitecture());
    ModelHeader header = ModelHeader.of(file, parts);
    if (KnownFiles.contains(file)) {
      return header;
    }
    ModelFileCheck.requireSound(file, parts);
    TrialVerdict verdict = run(path, options);
    if (facts != null) {
      store.keep(facts, verdict, header.line());
    }
    obey(path, verdict);
    return header;
  }

  /** An adapter is tried with the model it is for, which has been let in. */
  private void admitAdapter(Path adapter, Path model, LlamaCppOptions options) {
    try {
      AdapterCheck.requireFits(GgufFile.read(adapter), GgufFile.read(model));
    } catch (ModelFileException e) {
      throw new ModelException(Kind.NOT_LOADABLE, String.valueOf(e.getMessage()), e);
    }
    List<String> ofModel = facts(model, options);
    List<String> ofAdapter = facts(adapter, options);
    if (ofModel == null || ofAdapter == null) {
      obey(adapter, run(model, options));
      return;
    }
    List<String> facts = Stream.concat(ofModel.stream(), ofAdapter.stream()).toList();
    Remembered known = store.find(facts);
    TrialVerdict verdict = known == null ? run(model, options) : known.verdict();
    if (known == null) {
      store.keep(facts, verdict, "with an adapter");
    }
    obey(adapter, verdict);
  }

  /** All that the verdict on a file may depend on; null where there is no such file. */
  private @Nullable List<String> facts(Path path, LlamaCppOptions options) {
    try {
      List<String> facts = new ArrayList<>();
      facts.add(runtime.api().version());
      facts.add(runtime.folder().toString());
      for (Path part : GgufParts.of(path)) {
        facts.add(part.toRealPath().toString());
        facts.add(Long.toString(Files.size(part)));
        facts.add(Files.getLastModifiedTime(part).toInstant().toString());
        facts.add(Long.toString(beginning(part)));
      }
      facts.add(options.gpuLayers() == 0 ? "cpu" : "gpu");
      facts.add(options.kvType().name());
      facts.add(Integer.toString(options.batchSize()));
      return facts;
    } catch (IOException e) {
      return null;
    }
  }

  /** CRC-32C of where a file begins: sizes and times tell the rest of a header from another. */
  private static long beginning(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      CRC32C sum = new CRC32C();
      sum.update(in.readNBytes(BEGINNING));
      return sum.getValue();
    }
  }

  private TrialVerdict run(Path path, LlamaCppOptions options) {
    long size = GgufParts.bytes(path);
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
