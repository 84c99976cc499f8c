package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The threads on which a context computes. Without one, ggml starts and ends its threads with every
 * batch, which costs a decode step of two threads several percent. Between two batches they sleep:
 * by default they would spin for a tenth of a second, on cores that others may need.
 */
final class ThreadPool implements AutoCloseable {

  // struct ggml_threadpool_params; ggml.h has GGML_MAX_N_THREADS = 512
  private static final StructLayout PARAMS =
      MemoryLayout.structLayout(
          MemoryLayout.sequenceLayout(512, ValueLayout.JAVA_BOOLEAN).withName("cpumask"),
          JAVA_INT.withName("n_threads"),
          JAVA_INT.withName("prio"),
          JAVA_INT.withName("poll"),
          ValueLayout.JAVA_BOOLEAN.withName("strict_cpu"),
          ValueLayout.JAVA_BOOLEAN.withName("paused"),
          MemoryLayout.paddingLayout(2));

  private final MemorySegment pool;
  private final MethodHandle free;

  ThreadPool(LlamaApi api, int threads) {
    MethodHandle create =
        api.cpuFunction("ggml_threadpool_new", FunctionDescriptor.of(ADDRESS, ADDRESS));
    this.free = api.cpuFunction("ggml_threadpool_free", FunctionDescriptor.ofVoid(ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(PARAMS);
      api.threadpoolParamsInit(params, threads);
      params.set(JAVA_INT, PARAMS.byteOffset(PathElement.groupElement("poll")), 0);
      this.pool = (MemorySegment) NativeFunctions.call(create, params);
    }
  }

  void attachTo(LlamaApi api, MemorySegment context) {
    api.attachThreadpool(context, pool);
  }

  /** Ends the threads; no context may use them any more. */
  @Override
  public void close() {
    NativeFunctions.call(free, pool);
  }
}
