package dev.splitreason.engine.llamacpp;

import static dev.splitreason.engine.llamacpp.NativeFunctions.call;
import static dev.splitreason.engine.llamacpp.NativeFunctions.failed;
import static dev.splitreason.engine.llamacpp.NativeFunctions.string;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The functions of llama.cpp's C API (llama.h v0.5.0) that the engine uses, one Java method each,
 * same names without the prefix. Nothing is interpreted here: handles are raw addresses, negative
 * results stay negative.
 */
final class LlamaApi {

  private static final Linker LINKER = Linker.nativeLinker();

  // enum ggml_backend_dev_type
  private static final int DEVICE_CPU = 0;
  private static final int DEVICE_GPU = 1;

  private final VocabularyApi vocabulary;
  private final MethodHandle logSet;
  private final MethodHandle version;
  private final MethodHandle backendInit;
  private final MethodHandle loadAllFromPath;
  private final MethodHandle devCount;
  private final MethodHandle devGet;
  private final MethodHandle devName;
  private final MethodHandle devDescription;
  private final MethodHandle devType;
  private final MethodHandle devMemory;
  private final MethodHandle modelDefaultParams;
  private final MethodHandle contextDefaultParams;
  private final MethodHandle modelLoadFromFile;
  private final MethodHandle modelFree;
  private final MethodHandle initFromModel;
  private final MethodHandle free;
  private final MethodHandle adapterLoraInit;
  private final MethodHandle setAdaptersLora;
  private final MethodHandle modelGetVocab;
  private final MethodHandle modelNCtxTrain;
  private final MethodHandle modelNParams;
  private final MethodHandle modelSize;
  private final MethodHandle modelDesc;
  private final MethodHandle modelFtype;
  private final MethodHandle ftypeName;
  private final MethodHandle modelHasEncoder;
  private final MethodHandle modelHasDecoder;
  private final MethodHandle modelIsRecurrent;
  private final MethodHandle modelIsHybrid;
  private final MethodHandle modelIsDiffusion;
  private final MethodHandle modelChatTemplate;
  private final MethodHandle typeTraits;
  private final MethodHandle quantizeChunk;
  private final MethodHandle getMemory;
  private final MethodHandle memorySeqRm;
  private final MethodHandle memorySeqCp;
  private final MethodHandle decode;
  private final MethodHandle devByType;
  private final MethodHandle devBackendReg;
  private final MethodHandle regGetProcAddress;
  private final MethodHandle threadpoolParamsInit;
  private final MethodHandle attachThreadpool;
  private final MethodHandle setNThreads;
  private final MethodHandle getLogitsIth;

  /**
   * Binds the functions.
   *
   * @throws IllegalStateException if the library lacks one
   */
  LlamaApi(SymbolLookup symbols) {
    NativeFunctions library = new NativeFunctions(symbols);
    vocabulary = new VocabularyApi(library);
    logSet = library.bind("llama_log_set", null, ADDRESS, ADDRESS);
    version = library.bind("llama_version", ADDRESS);
    backendInit = library.bind("llama_backend_init", null);
    loadAllFromPath = library.bind("ggml_backend_load_all_from_path", null, ADDRESS);
    devCount = library.bind("ggml_backend_dev_count", JAVA_LONG);
    devGet = library.bind("ggml_backend_dev_get", ADDRESS, JAVA_LONG);
    devName = library.bind("ggml_backend_dev_name", ADDRESS, ADDRESS);
    devDescription = library.bind("ggml_backend_dev_description", ADDRESS, ADDRESS);
    devType = library.bind("ggml_backend_dev_type", JAVA_INT, ADDRESS);
    devMemory = library.bind("ggml_backend_dev_memory", null, ADDRESS, ADDRESS, ADDRESS);
    modelDefaultParams = library.bind("llama_model_default_params", LlamaLayouts.MODEL_PARAMS);
    contextDefaultParams =
        library.bind("llama_context_default_params", LlamaLayouts.CONTEXT_PARAMS);
    modelLoadFromFile =
        library.bind("llama_model_load_from_file", ADDRESS, ADDRESS, LlamaLayouts.MODEL_PARAMS);
    modelFree = library.bind("llama_model_free", null, ADDRESS);
    initFromModel =
        library.bind("llama_init_from_model", ADDRESS, ADDRESS, LlamaLayouts.CONTEXT_PARAMS);
    free = library.bind("llama_free", null, ADDRESS);
    adapterLoraInit = library.bind("llama_adapter_lora_init", ADDRESS, ADDRESS, ADDRESS);
    setAdaptersLora =
        library.bind("llama_set_adapters_lora", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    modelGetVocab = library.bind("llama_model_get_vocab", ADDRESS, ADDRESS);
    modelNCtxTrain = library.bind("llama_model_n_ctx_train", JAVA_INT, ADDRESS);
    modelNParams = library.bind("llama_model_n_params", JAVA_LONG, ADDRESS);
    modelSize = library.bind("llama_model_size", JAVA_LONG, ADDRESS);
    modelDesc = library.bind("llama_model_desc", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    modelFtype = library.bind("llama_model_ftype", JAVA_INT, ADDRESS);
    ftypeName = library.bind("llama_ftype_name", ADDRESS, JAVA_INT);
    modelHasEncoder = library.bind("llama_model_has_encoder", JAVA_BOOLEAN, ADDRESS);
    modelHasDecoder = library.bind("llama_model_has_decoder", JAVA_BOOLEAN, ADDRESS);
    modelIsRecurrent = library.bind("llama_model_is_recurrent", JAVA_BOOLEAN, ADDRESS);
    modelIsHybrid = library.bind("llama_model_is_hybrid", JAVA_BOOLEAN, ADDRESS);
    modelIsDiffusion = library.bind("llama_model_is_diffusion", JAVA_BOOLEAN, ADDRESS);
    typeTraits = library.bind("ggml_get_type_traits", ADDRESS, JAVA_INT);
    quantizeChunk =
        library.bind(
            "ggml_quantize_chunk",
            JAVA_LONG,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            ADDRESS);
    modelChatTemplate = library.bind("llama_model_chat_template", ADDRESS, ADDRESS, ADDRESS);
    getMemory = library.bind("llama_get_memory", ADDRESS, ADDRESS);
    memorySeqRm =
        library.bind("llama_memory_seq_rm", JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    memorySeqCp =
        library.bind("llama_memory_seq_cp", null, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    decode = library.bind("llama_decode", JAVA_INT, ADDRESS, LlamaLayouts.BATCH);
    devByType = library.bind("ggml_backend_dev_by_type", ADDRESS, JAVA_INT);
    devBackendReg = library.bind("ggml_backend_dev_backend_reg", ADDRESS, ADDRESS);
    regGetProcAddress =
        library.bind("ggml_backend_reg_get_proc_address", ADDRESS, ADDRESS, ADDRESS);
    threadpoolParamsInit = library.bind("ggml_threadpool_params_init", null, ADDRESS, JAVA_INT);
    attachThreadpool = library.bind("llama_attach_threadpool", null, ADDRESS, ADDRESS, ADDRESS);
    setNThreads = library.bind("llama_set_n_threads", null, ADDRESS, JAVA_INT, JAVA_INT);
    getLogitsIth = library.bind("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT);
  }

  /** The functions that work on a vocabulary. */
  VocabularyApi vocabulary() {
    return vocabulary;
  }

  // ---- library ----

  /** Sends llama.cpp's and ggml's log to {@code sink}, for as long as {@code arena} lives. */
  void logSet(LogSink sink, Arena arena) {
    try {
      MethodHandle target =
          MethodHandles.lookup()
              .findVirtual(
                  LogSink.class,
                  "log",
                  MethodType.methodType(
                      void.class, int.class, MemorySegment.class, MemorySegment.class))
              .bindTo(sink);
      MemorySegment stub =
          LINKER.upcallStub(target, FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS), arena);
      logSet.invokeExact(stub, MemorySegment.NULL);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** Receives {@code ggml_log_callback} calls: level, text, user data. Must not throw. */
  @FunctionalInterface
  interface LogSink {
    void log(int level, MemorySegment text, MemorySegment userData);
  }

  String version() {
    return string((MemorySegment) call(version));
  }

  void backendInit() {
    call(backendInit);
  }

  void loadAllBackendsFrom(String folder) {
    try (Arena arena = Arena.ofConfined()) {
      call(loadAllFromPath, arena.allocateFrom(folder));
    }
  }

  long deviceCount() {
    return (long) call(devCount);
  }

  /** A device as {@code name (description)}. */
  String device(long index) {
    Object device = call(devGet, index);
    String name = string((MemorySegment) call(devName, device));
    return name + " (" + string((MemorySegment) call(devDescription, device)).strip() + ")";
  }

  /** Bytes that no process uses on the graphics cards with memory of their own. */
  long freeMemoryOfGpus() {
    long sum = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment free = arena.allocate(JAVA_LONG);
      MemorySegment total = arena.allocate(JAVA_LONG);
      for (long index = 0; index < deviceCount(); index++) {
        Object device = call(devGet, index);
        if ((int) call(devType, device) == DEVICE_GPU) {
          call(devMemory, device, free, total);
          sum += free.get(JAVA_LONG, 0);
        }
      }
    }
    return sum;
  }

  // ---- models and contexts ----

  MemorySegment modelDefaultParams(Arena arena) {
    return (MemorySegment) call(modelDefaultParams, arena);
  }

  MemorySegment contextDefaultParams(Arena arena) {
    return (MemorySegment) call(contextDefaultParams, arena);
  }

  /** The model, or NULL. */
  MemorySegment modelLoadFromFile(String path, MemorySegment params) {
    try (Arena arena = Arena.ofConfined()) {
      return (MemorySegment) call(modelLoadFromFile, arena.allocateFrom(path), params);
    }
  }

  /** A LoRA adapter, or NULL. It is freed with the model. */
  MemorySegment adapterLoraInit(MemorySegment model, String path) {
    try (Arena arena = Arena.ofConfined()) {
      return (MemorySegment) call(adapterLoraInit, model, arena.allocateFrom(path));
    }
  }

  /** Lets a context compute with an adapter, its change as large as its file says. */
  void setAdapterLora(MemorySegment context, MemorySegment adapter) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment adapters = arena.allocateFrom(ADDRESS, adapter);
      MemorySegment scales = arena.allocateFrom(JAVA_FLOAT, 1);
      call(setAdaptersLora, context, adapters, 1L, scales);
    }
  }

  void modelFree(MemorySegment model) {
    call(modelFree, model);
  }

  /** The context, or NULL. */
  MemorySegment initFromModel(MemorySegment model, MemorySegment params) {
    return (MemorySegment) call(initFromModel, model, params);
  }

  void free(MemorySegment context) {
    call(free, context);
  }

  MemorySegment modelGetVocab(MemorySegment model) {
    return (MemorySegment) call(modelGetVocab, model);
  }

  int modelNCtxTrain(MemorySegment model) {
    return (int) call(modelNCtxTrain, model);
  }

  long modelNParams(MemorySegment model) {
    return (long) call(modelNParams, model);
  }

  /** Bytes of all tensors. */
  long modelSize(MemorySegment model) {
    return (long) call(modelSize, model);
  }

  String modelDesc(MemorySegment model) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(256);
      int length = (int) call(modelDesc, model, buffer, buffer.byteSize());
      return length <= 0 ? "" : buffer.getString(0);
    }
  }

  /** The number of the quantisation in {@code enum llama_ftype}; 0 is F32. */
  int modelFtype(MemorySegment model) {
    return (int) call(modelFtype, model);
  }

  String ftypeName(int ftype) {
    return string((MemorySegment) call(ftypeName, ftype));
  }

  boolean modelHasEncoder(MemorySegment model) {
    return (boolean) call(modelHasEncoder, model);
  }

  boolean modelHasDecoder(MemorySegment model) {
    return (boolean) call(modelHasDecoder, model);
  }

  boolean modelIsRecurrent(MemorySegment model) {
    return (boolean) call(modelIsRecurrent, model);
  }

  boolean modelIsHybrid(MemorySegment model) {
    return (boolean) call(modelIsHybrid, model);
  }

  boolean modelIsDiffusion(MemorySegment model) {
    return (boolean) call(modelIsDiffusion, model);
  }

  /** The default chat template's source, or null. */
  @Nullable String modelChatTemplate(MemorySegment model) {
    MemorySegment text = (MemorySegment) call(modelChatTemplate, model, MemorySegment.NULL);
    return text.equals(MemorySegment.NULL) ? null : string(text);
  }

  /** The {@code ggml_type_traits} of a type. */
  MemorySegment typeTraits(int type) {
    return (MemorySegment) call(typeTraits, type);
  }

  /** Stores a row of floats in a type, without weights of importance; gives its bytes. */
  long quantizeRow(int type, MemorySegment row, MemorySegment to, long elements) {
    return (long) call(quantizeChunk, type, row, to, 0L, 1L, elements, MemorySegment.NULL);
  }

  // ---- threads ----

  /**
   * A function of the CPU backend, which is no library of its own to look up but one that ggml
   * chose and loaded.
   *
   * @throws IllegalStateException if the backend has none of this name
   */
  MethodHandle cpuFunction(String name, FunctionDescriptor descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      Object backend = call(devBackendReg, call(devByType, DEVICE_CPU));
      MemorySegment address =
          (MemorySegment) call(regGetProcAddress, backend, arena.allocateFrom(name));
      if (address.equals(MemorySegment.NULL)) {
        throw new IllegalStateException("the CPU backend has no function " + name);
      }
      return LINKER.downcallHandle(address, descriptor);
    }
  }

  /** Fills a {@code ggml_threadpool_params} with the defaults for so many threads. */
  void threadpoolParamsInit(MemorySegment params, int threads) {
    call(threadpoolParamsInit, params, threads);
  }

  /** Lets a context compute on the threads of a pool, for batches and single tokens alike. */
  void attachThreadpool(MemorySegment context, MemorySegment pool) {
    call(attachThreadpool, context, pool, pool);
  }

  /** Lets a context compute its next batches on so many threads of its pool. */
  void setNThreads(MemorySegment context, int threads) {
    call(setNThreads, context, threads, threads);
  }

  // ---- KV cache and decoding ----

  MemorySegment getMemory(MemorySegment context) {
    return (MemorySegment) call(getMemory, context);
  }

  /** Removes positions from … to - 1 of a sequence; negative for no limit. */
  boolean memorySeqRm(MemorySegment memory, int sequence, int from, int to) {
    try {
      return (boolean) memorySeqRm.invokeExact(memory, sequence, from, to);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** Lets another sequence share positions from … to - 1 of a sequence. */
  void memorySeqCp(MemorySegment memory, int source, int target, int from, int to) {
    try {
      memorySeqCp.invokeExact(memory, source, target, from, to);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** 0: done; 1: no room in the KV cache; 2: aborted; negative: failed. */
  int decode(MemorySegment context, MemorySegment batch) {
    try {
      return (int) decode.invokeExact(context, batch);
    } catch (Throwable t) {
      throw failed(t);
    }
  }

  /** The address of the logits of the batch's i-th token. */
  MemorySegment getLogitsIth(MemorySegment context, int index) {
    try {
      return (MemorySegment) getLogitsIth.invokeExact(context, index);
    } catch (Throwable t) {
      throw failed(t);
    }
  }
}
