package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.batch.Appending;
import dev.splitreason.core.batch.BatchLoop;
import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.prompt.ChatTemplate;
import dev.splitreason.engine.llamacpp.check.ModelHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A GGUF model in this process, computed by llama.cpp. */
public final class LlamaCppModel implements LanguageModel {

  /** {@code LLAMA_FTYPE_ALL_F32}. */
  static final int FTYPE_F32 = 0;

  /** What llama.cpp says of shapes that it has no name for. */
  private static final String UNKNOWN_SIZE = " ?B";

  private final LlamaApi api;
  private final MemorySegment model;
  private final ModelInfo info;
  private final String fileType;
  private final long sizeInBytes;
  private final LlamaVocabulary vocabulary;
  private final String beginOfText;
  private final String endOfText;
  private final boolean alwaysBegins;
  private final BatchLoop loop;
  private boolean closed;

  private LlamaCppModel(
      LlamaRuntime runtime, MemorySegment model, Path path, LlamaCppOptions options) {
    this.api = runtime.api();
    this.model = model;
    this.fileType = api.ftypeName(api.modelFtype(model));
    this.sizeInBytes = api.modelSize(model);
    MemorySegment vocab = api.modelGetVocab(model);
    this.vocabulary = new LlamaVocabulary(api.vocabulary(), vocab);
    this.beginOfText = spelling(api.vocabulary().vocabBos(vocab));
    this.alwaysBegins = !vocabulary.textStart().isEmpty();
    this.endOfText = spelling(api.vocabulary().vocabEos(vocab));
    CacheRoom room = CacheRoom.of(options, api.modelNCtxTrain(model));
    this.info =
        new ModelInfo(
            path.getFileName().toString(),
            api.modelDesc(model).replace(UNKNOWN_SIZE, ""),
            api.modelNParams(model),
            room.contextLength(),
            api.modelChatTemplate(model));
    // Before the context, whose room for a graph grows with the adapters that are there.
    MemorySegment adapter = loadAdapter(runtime, model, options.adapter());
    LlamaContext context =
        new LlamaContext(
            runtime, model, adapter, info.name(), options, room.cacheTokens(), vocabulary.size());
    this.loop = new BatchLoop(info, vocabulary, context, options.maxSessions(), Appending.PREFILLS);
  }

  /**
   * Loads a model; its weights are mapped, not copied.
   *
   * @throws ModelException if the file is missing, broken or no decoder-only language model, its
   *     adapter is damaged or another model's, or memory does not suffice
   */
  public static LlamaCppModel load(Path gguf, LlamaCppOptions options) {
    LlamaRuntime runtime = LlamaRuntime.get();
    ModelHeader header = Admission.of(runtime).admit(gguf, options);
    CacheRoom.of(options, header.trained())
        .require(gguf, header, options, availableMemory(runtime, options));
    return loadAdmitted(runtime, gguf, options);
  }

  /**
   * Checks that a file may be opened in this process, without opening it.
   *
   * @throws ModelException with a line that says why not
   */
  public static void check(Path gguf, LlamaCppOptions options) {
    Admission.of(LlamaRuntime.get()).admit(gguf, options);
  }

  /** Of the machine, and of its graphics cards where they are to be used. */
  static long availableMemory(LlamaRuntime runtime, LlamaCppOptions options) {
    long own = AvailableMemory.ofThisMachine().bytes();
    long cards = options.gpuLayers() == 0 ? 0 : runtime.api().freeMemoryOfGpus();
    return own > Long.MAX_VALUE - cards ? Long.MAX_VALUE : own + cards;
  }

  /** Loads a model whose file may be opened in this process. */
  static LlamaCppModel loadAdmitted(LlamaRuntime runtime, Path gguf, LlamaCppOptions options) {
    LlamaApi api = runtime.api();
    MemorySegment model = loadWeights(runtime, gguf, options);
    try {
      String unsuitable = unsuitable(api, model);
      if (unsuitable != null) {
        throw new ModelException(Kind.NOT_LOADABLE, gguf + " " + unsuitable);
      }
      return new LlamaCppModel(runtime, model, gguf, options);
    } catch (RuntimeException e) {
      api.modelFree(model);
      throw e;
    }
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
  public LlamaVocabulary tokenizer() {
    return vocabulary;
  }

  @Override
  public Session open() {
    return loop.open(this, null);
  }

  private String spelling(int id) {
    return id < 0 ? "" : vocabulary.token(id).text();
  }

  /** The quantisation of most weights, such as {@code Q8_0}. */
  public String fileType() {
    return fileType;
  }

  /** Bytes of all weights. */
  public long sizeInBytes() {
    return sizeInBytes;
  }

  /**
   * The chat template that came with the weights.
   *
   * @return null if there is none, or none that can be rendered
   */
  public @Nullable ChatTemplate chatTemplate() {
    String source = info.chatTemplate();
    return source == null ? null : ChatTemplate.of(source, beginOfText, endOfText, alwaysBegins);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.close();
    vocabulary.close();
    api.modelFree(model);
  }

  private static MemorySegment loadWeights(
      LlamaRuntime runtime, Path gguf, LlamaCppOptions options) {
    LlamaApi api = runtime.api();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = api.modelDefaultParams(arena);
      LlamaLayouts.set(params, LlamaLayouts.MODEL_PARAMS, "n_gpu_layers", options.gpuLayers());
      runtime.log().clearErrors();
      MemorySegment model = api.modelLoadFromFile(gguf.toString(), params);
      if (model.equals(MemorySegment.NULL)) {
        throw new ModelException(
            Kind.NOT_LOADABLE,
            "the model file " + gguf + " cannot be loaded" + because(runtime.log().errors()));
      }
      return model;
    }
  }

  /** The adapter of a file, or NULL for no file; freed with the model. */
  private static MemorySegment loadAdapter(
      LlamaRuntime runtime, MemorySegment model, @Nullable Path file) {
    if (file == null) {
      return MemorySegment.NULL;
    }
    runtime.log().clearErrors();
    MemorySegment adapter = runtime.api().adapterLoraInit(model, file.toString());
    if (adapter.equals(MemorySegment.NULL)) {
      throw new ModelException(
          Kind.NOT_LOADABLE,
          "the adapter " + file + " cannot be loaded" + because(runtime.log().errors()));
    }
    return adapter;
  }

  /**
   * What makes a model unfit for split decoding, to be put after its name; null if nothing does.
   */
  private static @Nullable String unsuitable(LlamaApi api, MemorySegment model) {
    if (!api.modelHasDecoder(model) || api.modelHasEncoder(model)) {
      return "is not a decoder-only language model";
    }
    if (api.vocabulary().vocabNTokens(api.modelGetVocab(model)) == 0) {
      return "has no vocabulary";
    }
    if (api.modelIsDiffusion(model)) {
      return "is a diffusion model: it does not write token by token";
    }
    if (api.modelIsRecurrent(model) || api.modelIsHybrid(model)) {
      return "is a recurrent model: its state cannot be truncated, which split decoding needs";
    }
    return null;
  }

  /** The first complaint that is not just a consequence, as the end of a sentence. */
  static String because(List<String> complaints) {
    return complaints.isEmpty()
        ? ""
        : ": "
            + complaints
                .getFirst()
                .replaceFirst("^\\w+: (error loading model: |failed to apply lora adapter: )?", "");
  }
}
