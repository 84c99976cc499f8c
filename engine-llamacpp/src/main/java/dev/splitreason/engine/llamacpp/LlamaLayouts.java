package dev.splitreason.engine.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The structs of {@code llama.h} (llama.cpp v0.5.0) that are passed by value, and access to their
 * fields by name.
 *
 * <p>llama.cpp reorders such structs now and then and a wrong layout corrupts memory silently, so
 * {@link #check} compares the defaults that the loaded library reports with the ones this layout
 * was written for.
 */
final class LlamaLayouts {

  static final StructLayout MODEL_PARAMS =
      MemoryLayout.structLayout(
          ADDRESS.withName("devices"),
          ADDRESS.withName("tensor_buft_overrides"),
          JAVA_INT.withName("n_gpu_layers"),
          JAVA_INT.withName("split_mode"),
          JAVA_INT.withName("load_mode"),
          JAVA_INT.withName("lazy_mode"),
          JAVA_INT.withName("main_gpu"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("tensor_split"),
          ADDRESS.withName("progress_callback"),
          ADDRESS.withName("progress_callback_user_data"),
          ADDRESS.withName("kv_overrides"),
          JAVA_BOOLEAN.withName("vocab_only"),
          JAVA_BOOLEAN.withName("check_tensors"),
          JAVA_BOOLEAN.withName("use_extra_bufts"),
          JAVA_BOOLEAN.withName("no_host"),
          JAVA_BOOLEAN.withName("no_alloc"),
          JAVA_BOOLEAN.withName("load_mtp"),
          MemoryLayout.paddingLayout(2));

  static final StructLayout CONTEXT_PARAMS =
      MemoryLayout.structLayout(
          JAVA_INT.withName("n_ctx"),
          JAVA_INT.withName("n_batch"),
          JAVA_INT.withName("n_ubatch"),
          JAVA_INT.withName("n_seq_max"),
          JAVA_INT.withName("n_rs_seq"),
          JAVA_INT.withName("n_outputs_max"),
          JAVA_INT.withName("n_outputs_max_per_seq"),
          JAVA_INT.withName("n_threads"),
          JAVA_INT.withName("n_threads_batch"),
          JAVA_INT.withName("ctx_type"),
          JAVA_INT.withName("rope_scaling_type"),
          JAVA_INT.withName("pooling_type"),
          JAVA_INT.withName("attention_type"),
          JAVA_INT.withName("flash_attn_type"),
          JAVA_FLOAT.withName("rope_freq_base"),
          JAVA_FLOAT.withName("rope_freq_scale"),
          JAVA_FLOAT.withName("yarn_ext_factor"),
          JAVA_FLOAT.withName("yarn_attn_factor"),
          JAVA_FLOAT.withName("yarn_beta_fast"),
          JAVA_FLOAT.withName("yarn_beta_slow"),
          JAVA_INT.withName("yarn_orig_ctx"),
          JAVA_FLOAT.withName("defrag_thold"),
          ADDRESS.withName("cb_eval"),
          ADDRESS.withName("cb_eval_user_data"),
          JAVA_INT.withName("type_k"),
          JAVA_INT.withName("type_v"),
          ADDRESS.withName("abort_callback"),
          ADDRESS.withName("abort_callback_data"),
          JAVA_BOOLEAN.withName("embeddings"),
          JAVA_BOOLEAN.withName("offload_kqv"),
          JAVA_BOOLEAN.withName("no_perf"),
          JAVA_BOOLEAN.withName("op_offload"),
          JAVA_BOOLEAN.withName("swa_full"),
          JAVA_BOOLEAN.withName("kv_unified"),
          MemoryLayout.paddingLayout(2),
          ADDRESS.withName("samplers"),
          JAVA_LONG.withName("n_samplers"),
          ADDRESS.withName("ctx_other"));

  static final StructLayout BATCH =
      MemoryLayout.structLayout(
          JAVA_INT.withName("n_tokens"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("token"),
          ADDRESS.withName("embd"),
          ADDRESS.withName("pos"),
          ADDRESS.withName("n_seq_id"),
          ADDRESS.withName("seq_id"),
          ADDRESS.withName("logits"));

  private LlamaLayouts() {}

  static long getLong(MemorySegment struct, StructLayout layout, String field) {
    return struct.get(JAVA_LONG, offset(layout, field));
  }

  static MemorySegment getAddress(MemorySegment struct, StructLayout layout, String field) {
    return struct.get(ADDRESS, offset(layout, field));
  }

  static void set(MemorySegment struct, StructLayout layout, String field, int value) {
    struct.set(JAVA_INT, offset(layout, field), value);
  }

  static void set(MemorySegment struct, StructLayout layout, String field, boolean value) {
    struct.set(JAVA_BOOLEAN, offset(layout, field), value);
  }

  static void set(MemorySegment struct, StructLayout layout, String field, MemorySegment value) {
    struct.set(ADDRESS, offset(layout, field), value);
  }

  /**
   * Compares the library's defaults with those of the llama.h this was written for.
   *
   * @throws IllegalStateException naming the first field that differs
   */
  static void check(MemorySegment modelDefaults, MemorySegment contextDefaults) {
    expect(modelDefaults, MODEL_PARAMS, "n_gpu_layers", -1);
    expect(modelDefaults, MODEL_PARAMS, "split_mode", 1);
    expect(modelDefaults, MODEL_PARAMS, "load_mode", -1);
    expect(modelDefaults, MODEL_PARAMS, "lazy_mode", 1);
    expect(modelDefaults, MODEL_PARAMS, "vocab_only", false);
    expect(modelDefaults, MODEL_PARAMS, "use_extra_bufts", true);
    expect(modelDefaults, MODEL_PARAMS, "no_host", false);
    expect(contextDefaults, CONTEXT_PARAMS, "n_ctx", 512);
    expect(contextDefaults, CONTEXT_PARAMS, "n_batch", 2048);
    expect(contextDefaults, CONTEXT_PARAMS, "n_ubatch", 512);
    expect(contextDefaults, CONTEXT_PARAMS, "n_seq_max", 1);
    expect(contextDefaults, CONTEXT_PARAMS, "n_outputs_max_per_seq", 1);
    expect(contextDefaults, CONTEXT_PARAMS, "rope_scaling_type", -1);
    expect(contextDefaults, CONTEXT_PARAMS, "flash_attn_type", -1);
    expect(contextDefaults, CONTEXT_PARAMS, "yarn_orig_ctx", 0);
    expect(contextDefaults, CONTEXT_PARAMS, "type_k", 1);
    expect(contextDefaults, CONTEXT_PARAMS, "type_v", 1);
    expect(contextDefaults, CONTEXT_PARAMS, "embeddings", false);
    expect(contextDefaults, CONTEXT_PARAMS, "offload_kqv", true);
    expect(contextDefaults, CONTEXT_PARAMS, "swa_full", true);
    expect(contextDefaults, CONTEXT_PARAMS, "kv_unified", false);
  }

  private static void expect(
      MemorySegment struct, StructLayout layout, String field, int expected) {
    int found = struct.get(JAVA_INT, offset(layout, field));
    if (found != expected) {
      throw mismatch(field, expected, found);
    }
  }

  private static void expect(
      MemorySegment struct, StructLayout layout, String field, boolean expected) {
    byte found = struct.get(java.lang.foreign.ValueLayout.JAVA_BYTE, offset(layout, field));
    if (found != (expected ? 1 : 0)) {
      throw mismatch(field, expected, found);
    }
  }

  private static IllegalStateException mismatch(String field, Object expected, Object found) {
    return new IllegalStateException(
        "its " + field + " is " + found + " by default where " + expected + " was expected");
  }

  private static long offset(StructLayout layout, String field) {
    return layout.byteOffset(PathElement.groupElement(field));
  }
}
