package dev.splitreason.benchmarks.hostile;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.gguf.GgufValueType;
import dev.splitreason.core.gguf.GgufWriter;
import dev.splitreason.core.gguf.TensorSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Files that are sound GGUF and no sound model: kinds thought out, not drawn. */
final class HandMade {

  private final GgufFile model;
  private final SequencedMap<String, Change> kinds = new LinkedHashMap<>();

  /** What one file has that the model has not. */
  private record Change(
      UnaryOperator<Map<String, GgufValue>> metadata, UnaryOperator<List<TensorSource>> tensors) {}

  HandMade(Path model) {
    this.model = GgufFile.read(model);
    sizes();
    attention();
    rope();
    numbers();
    vocabulary();
    template();
    weights();
  }

  List<String> names() {
    return List.copyOf(kinds.keySet());
  }

  /** Writes the file of a kind. */
  void write(String kind, Path file) {
    Change change = Objects.requireNonNull(kinds.get(kind));
    List<TensorSource> tensors =
        model.tensors().stream()
            .map(
                tensor ->
                    TensorSource.of(
                        tensor.name(), tensor.shape(), tensor.type(), model.floats(tensor)))
            .toList();
    Map<String, GgufValue> metadata = new LinkedHashMap<>(model.metadata());
    GgufWriter.write(file, change.metadata().apply(metadata), change.tensors().apply(tensors));
  }

  private void key(String name, GgufValue value) {
    kinds.put(name + " = " + shown(value), new Change(all -> with(all, name, value), same -> same));
  }

  private static String shown(GgufValue value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static Map<String, GgufValue> with(
      Map<String, GgufValue> all, String name, GgufValue value) {
    all.put(name, value);
    return all;
  }

  private void without(String name) {
    kinds.put(
        "no " + name,
        new Change(
            all -> {
              all.remove(name);
              return all;
            },
            same -> same));
  }

  private void tokens(String what, UnaryOperator<List<String>> change) {
    List<String> tokens = Objects.requireNonNull(model.texts("tokenizer.ggml.tokens"));
    kinds.put(
        what,
        new Change(
            all ->
                with(
                    all,
                    "tokenizer.ggml.tokens",
                    new GgufValue.Texts(change.apply(new ArrayList<>(tokens)))),
            same -> same));
  }

  private void tensors(String what, UnaryOperator<List<TensorSource>> change) {
    kinds.put(what, new Change(same -> same, change));
  }

  private void sizes() {
    key("qwen2.block_count", GgufValue.of(1));
    key("qwen2.block_count", GgufValue.of(3));
    key("qwen2.block_count", GgufValue.of("2"));
    key("qwen2.embedding_length", GgufValue.of(31));
    key("qwen2.embedding_length", GgufValue.of(1 << 30));
    key("qwen2.feed_forward_length", GgufValue.of(0));
    key("qwen2.context_length", GgufValue.of(0));
    key("qwen2.context_length", new GgufValue.Whole(GgufValueType.UINT64, Long.MAX_VALUE));
    key("qwen2.vocab_size", GgufValue.of(7));
    without("qwen2.block_count");
    without("qwen2.context_length");
  }

  private void attention() {
    key("qwen2.attention.head_count", GgufValue.of(3));
    key("qwen2.attention.head_count", GgufValue.of(64));
    key("qwen2.attention.head_count_kv", GgufValue.of(0));
    key("qwen2.attention.head_count_kv", GgufValue.of(4));
    key(
        "qwen2.attention.head_count_kv",
        new GgufValue.Wholes(GgufValueType.UINT32, List.of(2L, 1L)));
    key("qwen2.attention.key_length", GgufValue.of(1));
    key("qwen2.attention.value_length", GgufValue.of(48));
    key("qwen2.attention.sliding_window", GgufValue.of(1));
    key("qwen2.attention.causal", GgufValue.of(false));
    key("qwen2.attention.scale", GgufValue.of(Float.NaN));
    key("qwen2.pooling_type", GgufValue.of(3));
    without("qwen2.attention.head_count");
  }

  private void rope() {
    key("qwen2.rope.dimension_count", GgufValue.of(15));
    key("qwen2.rope.dimension_count", GgufValue.of(64));
    key("qwen2.rope.freq_base", GgufValue.of(0f));
    key("qwen2.rope.freq_base", GgufValue.of(Float.NaN));
    key("qwen2.rope.scaling.type", GgufValue.of("yarn"));
    key("qwen2.rope.scaling.type", GgufValue.of("longrope"));
    key("qwen2.rope.scaling.factor", GgufValue.of(0f));
    key("qwen2.rope.scaling.original_context_length", GgufValue.of(0));
  }

  private void numbers() {
    key("qwen2.attention.layer_norm_rms_epsilon", GgufValue.of(Float.POSITIVE_INFINITY));
    key("qwen2.attention.layer_norm_rms_epsilon", GgufValue.of(1));
    key("general.alignment", GgufValue.of(8));
    key("general.file_type", GgufValue.of(9999));
    key("general.quantization_version", GgufValue.of(0));
    key("split.count", GgufValue.of(5));
    without("general.architecture");
  }

  private void vocabulary() {
    key("tokenizer.ggml.pre", GgufValue.of("no-such-rule"));
    key("tokenizer.ggml.model", GgufValue.of("no-such-kind"));
    key("tokenizer.ggml.eos_token_id", GgufValue.of(1 << 20));
    key("tokenizer.ggml.bos_token_id", new GgufValue.Whole(GgufValueType.INT32, -5));
    key("tokenizer.ggml.merges", new GgufValue.Texts(List.of("nospace")));
    key("tokenizer.ggml.merges", new GgufValue.Texts(Collections.nCopies(9, "a b c d")));
    key("tokenizer.ggml.token_type", new GgufValue.Wholes(GgufValueType.INT32, List.of(1L)));
    key(
        "tokenizer.ggml.scores",
        new GgufValue.Reals(GgufValueType.FLOAT32, List.of(Double.NaN, -0.0)));
    tokens("no tokens", all -> List.of());
    tokens("a token less", all -> all.subList(0, all.size() - 1));
    tokens("a token of a million letters", all -> last(all, "x".repeat(1 << 20)));
    tokens("a token that is empty", all -> last(all, ""));
    tokens("a token with a zero byte", all -> last(all, "a\0b"));
    tokens("two tokens alike", all -> last(all, all.getFirst()));
    without("tokenizer.ggml.merges");
    without("tokenizer.ggml.token_type");
  }

  private static List<String> last(List<String> all, String spelling) {
    all.set(all.size() - 1, spelling);
    return all;
  }

  private void template() {
    key("tokenizer.chat_template", GgufValue.of("{% for x in range(1000000000) %}x{% endfor %}"));
    key("tokenizer.chat_template", GgufValue.of("{{ messages[0]"));
    key("tokenizer.chat_template", GgufValue.of("{".repeat(100_000)));
  }

  private void weights() {
    tensors("no tensors", all -> List.of());
    tensors("a tensor less", all -> all.subList(1, all.size()));
    tensors("tensors in another order", List::reversed);
    tensors("weights that overflow", all -> all.stream().map(HandMade::overflowing).toList());
    tensors(
        "a thousand tensors more",
        all -> {
          List<TensorSource> more = new ArrayList<>(all);
          IntStream.range(0, 1000).forEach(i -> more.add(vector("more." + i)));
          return more;
        });
    tensors(
        "a norm of another length",
        all ->
            all.stream()
                .map(t -> t.name().endsWith("norm.weight") ? vector(t.name()) : t)
                .toList());
  }

  private static TensorSource overflowing(TensorSource tensor) {
    return new TensorSource(
        tensor.name(),
        tensor.shape(),
        tensor.type(),
        (index, row) -> Arrays.fill(row, Float.MAX_VALUE));
  }

  private static TensorSource vector(String name) {
    return new TensorSource(name, List.of(7L), GgufTensorType.F32, (index, row) -> {});
  }
}
