package dev.splitreason.training.model;

import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.Libtorch;
import dev.splitreason.training.tensor.Lifetime;
import dev.splitreason.training.tensor.NativeMemory;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A transformer language model that learns, of any {@link dev.splitreason.core.shape.ModelFamily}:
 * token ids to hidden states to logits. It owns its parameters; an optimiser updates them in place.
 * What it returns belongs to the caller's {@link PointerScope}. Not thread-safe.
 */
public final class Transformer implements AutoCloseable {

  static {
    Libtorch.load();
  }

  private final ModelShape shape;
  private final NativeMemory memory;
  private final SequencedMap<String, Tensor> parameters;
  private final Tensor embeddings;
  private final RmsNorm finalNorm;
  private final Linear output;
  private final RotaryTable rotaryTable;
  private List<Layer> layers;
  private @Nullable Adapter adapter;
  private boolean recomputes;

  private Transformer(
      ModelShape shape, SequencedMap<String, Tensor> parameters, NativeMemory memory) {
    this.shape = shape;
    this.memory = memory;
    this.parameters = Collections.unmodifiableSequencedMap(parameters);
    this.rotaryTable = new RotaryTable(shape.rope().frequencies(shape.headSize()));
    embeddings = parameter(ModelShape.EMBEDDINGS);
    layers = layers();
    finalNorm = norm(ModelShape.FINAL_NORM);
    output = Linear.of(parameter(outputName()), null, null);
  }

  private String outputName() {
    return shape.tiedEmbeddings() ? ModelShape.EMBEDDINGS : ModelShape.OUTPUT;
  }

  /** A model with fresh weights; the same seed gives the same weights. */
  public static Transformer random(ModelShape shape, Initialization how, long seed) {
    try (PointerScope _ = new PointerScope()) {
      GeneratorOptional source = new GeneratorOptional(torch.make_generator_cpu(seed));
      return of(shape, (name, extents) -> fresh(name, extents, how, source));
    }
  }

  private static Tensor fresh(
      String name, List<Long> extents, Initialization how, GeneratorOptional source) {
    Tensor fresh = torch.empty(Parameters.extents(extents));
    if (name.endsWith("norm.weight")) {
      return fresh.fill_(new Scalar(1.0f));
    }
    if (name.endsWith(".bias")) {
      return fresh.zero_();
    }
    double deviation =
        name.equals(ModelShape.EMBEDDINGS)
            ? how.embeddingDeviation()
            : how.matrices().of(extents.getLast());
    return fresh.normal_(0, deviation, source);
  }

  /**
   * A model with given weights.
   *
   * @param weights gives each parameter by name and shape, as a tensor that becomes the model's own
   */
  public static Transformer of(ModelShape shape, BiFunction<String, List<Long>, Tensor> weights) {
    NativeMemory memory = new NativeMemory();
    return memory.hold(
        () -> new Transformer(shape, Parameters.of(shape.extents(), weights), memory));
  }

  /**
   * A model with the same weights on a device: copies, or where they are there already the same
   * memory. It has no adapter. This one stays the caller's to close.
   */
  public Transformer on(Device device) {
    return of(shape, (name, _) -> parameter(name).detach().to(device, ScalarType.Float));
  }

  private List<Layer> layers() {
    return IntStream.range(0, shape.layers())
        .mapToObj(layer -> layer("model.layers." + layer + "."))
        .toList();
  }

  private Layer layer(String prefix) {
    Attention attention =
        new Attention(
            linear(prefix + "self_attn.q_proj"),
            linear(prefix + "self_attn.k_proj"),
            linear(prefix + "self_attn.v_proj"),
            linear(prefix + "self_attn.o_proj"),
            headNorm(prefix + "self_attn.q_norm.weight"),
            headNorm(prefix + "self_attn.k_norm.weight"),
            shape.headSize());
    FeedForward feedForward =
        new FeedForward(
            linear(prefix + "mlp.gate_proj"),
            linear(prefix + "mlp.up_proj"),
            linear(prefix + "mlp.down_proj"));
    return new Layer(
        norm(prefix + "input_layernorm.weight"),
        attention,
        norm(prefix + "post_attention_layernorm.weight"),
        feedForward);
  }

  /** A matrix, with its bias if the shape has one. */
  private Linear linear(String name) {
    String matrix = name + ".weight";
    return Linear.of(
        parameter(matrix),
        parameters.get(name + ".bias"),
        adapter == null ? null : adapter.change(matrix));
  }

  private @Nullable RmsNorm headNorm(String name) {
    return shape.family().headNorms() ? norm(name) : null;
  }

  private RmsNorm norm(String name) {
    return RmsNorm.of(parameter(name), shape.normEpsilon());
  }

  private Tensor parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  /** The model's shape. */
  public ModelShape shape() {
    return shape;
  }

  /** The parameters by their Hugging Face names, in the order of a checkpoint. */
  public SequencedMap<String, Tensor> parameters() {
    return parameters;
  }

  /**
   * Freezes the parameters and trains an adapter beside them instead. The adapter stays the
   * caller's to close, after this model.
   *
   * @throws IllegalStateException if there is one already
   */
  public void attach(Adapter added) {
    if (adapter != null) {
      throw new IllegalStateException("the model has an adapter already; merge it first");
    }
    parameters.values().forEach(parameter -> parameter.requires_grad_(false));
    use(added);
  }

  /**
   * Adds the attached adapter to the parameters, which learn again.
   *
   * @throws IllegalStateException if there is none
   */
  public void merge() {
    if (adapter == null) {
      throw new IllegalStateException("the model has no adapter to merge");
    }
    adapter.mergeInto(parameters);
    parameters.values().forEach(parameter -> parameter.requires_grad_(true));
    use(null);
  }

  private void use(@Nullable Adapter next) {
    adapter = next;
    layers = memory.hold(this::layers);
  }

  /** The attached adapter, or null. */
  public @Nullable Adapter adapter() {
    return adapter;
  }

  /** What an optimiser trains: the attached adapter's parameters, or else all of the model's. */
  public SequencedMap<String, Tensor> trainable() {
    return adapter == null ? parameters : adapter.parameters();
  }

  /**
   * Whether differentiable forward passes keep only the input of every layer and run the layers
   * again in the backward pass: less memory for a third more time. {@code backward()} is then to be
   * called once, before the {@link PointerScope} around the forward pass closes.
   */
  public void recomputeLayers(boolean recompute) {
    recomputes = recompute;
  }

  /** Whether the backward pass runs the layers again. */
  public boolean recomputesLayers() {
    return recomputes;
  }

  /**
   * The hidden states after the last norm, differentiable unless {@link GradientMode#off}.
   *
   * @param tokens int64 [rows, length]
   * @return [rows, length, hidden]
   */
  public Tensor forward(Tensor tokens, Positions positions) {
    // What is recomputed needs its inputs later: they go to the caller's scope.
    return recomputes && GradientMode.isOn()
        ? forwardWhole(tokens, positions, true)
        : Lifetime.ofResult(() -> forwardWhole(tokens, positions, false));
  }

  private Tensor forwardWhole(Tensor tokens, Positions positions, boolean recompute) {
    Tensor x = embed(tokens);
    int length = Math.toIntExact(tokens.size(1));
    Rotary rotary;
    Attention.Mask mask;
    switch (positions) {
      case Positions.Causal() -> {
        rotary = rotaryTable.firstPositions(length, x.options());
        mask = Attention.Mask.ofCausal();
      }
      case Positions.Packed packed -> {
        PackedRows rows = PackedRows.of(packed, length, tokens);
        rotary = rotaryTable.positions(rows.positions(), length, x.options());
        mask = Attention.Mask.of(rows.visible(), x);
      }
    }
    if (!recompute) {
      return throughLayers(x, rotary, mask, null);
    }
    List<UnaryOperator<Tensor>> steps = new ArrayList<>();
    for (Layer layer : layers) {
      steps.add(input -> layer.apply(input, rotary, mask, null));
    }
    return finalNorm.apply(Recomputation.through(steps, x));
  }

  /** An empty cache for texts that grow by {@link #forward(KeyValueCache, int[], int[][])}. */
  public KeyValueCache newCache(int rows) {
    return new KeyValueCache(shape, rows, 0, embeddings);
  }

  /**
   * Appends new tokens to rows of a cache. Nothing is recorded for differentiation.
   *
   * @param rows of the cache, each at most once; neighbours in rising order are cheapest
   * @param tokens for each of these rows, of any length from 1 on
   * @return the hidden states of the new tokens, [rows.length, longest of tokens, hidden]; what is
   *     beyond a row's tokens has no meaning
   */
  public Tensor forward(KeyValueCache cache, int[] rows, int[][] tokens) {
    int[] counts = Arrays.stream(tokens).mapToInt(added -> added.length).toArray();
    try (GradientMode _ = GradientMode.off()) {
      return Lifetime.ofResult(
          () -> {
            KeyValueCache.Append append = cache.append(rows, counts);
            Tensor x = embed(padded(tokens, append.positions()));
            Rotary rotary = rotaryTable.positions(append.positions(), append.bound(), x.options());
            Tensor hidden = throughLayers(x, rotary, append.mask(x), append);
            append.commit();
            return hidden;
          });
    }
  }

  private static Tensor padded(int[][] tokens, Tensor like) {
    int width = Arrays.stream(tokens).mapToInt(added -> added.length).max().orElseThrow();
    long[] ids = new long[tokens.length * width];
    for (int i = 0; i < tokens.length; i++) {
      for (int j = 0; j < tokens[i].length; j++) {
        ids[i * width + j] = tokens[i][j];
      }
    }
    return PlacedNumbers.of(ids, like).view(tokens.length, width);
  }

  private Tensor embed(Tensor tokens) {
    Tensor embedded = torch.embedding(embeddings, tokens);
    TokenRows own = adapter == null ? null : adapter.rowsOf(ModelShape.EMBEDDINGS);
    return own == null ? embedded : own.embed(embedded, tokens);
  }

  private Tensor throughLayers(
      Tensor embedded, Rotary rotary, Attention.Mask mask, KeyValueCache.@Nullable Append append) {
    Tensor x = embedded;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      KeyValueCache.Layer cache = append == null ? null : append.layer(i);
      Tensor input = x;
      x = Lifetime.ofResult(() -> layer.apply(input, rotary, mask, cache));
    }
    return finalNorm.apply(x);
  }

  /**
   * The logits of hidden states: apart from {@link #forward}, so that a loss computes them only
   * where it needs them.
   *
   * @param hidden [.., hidden]
   * @return [.., vocabulary]
   */
  public Tensor logits(Tensor hidden) {
    Tensor logits = output.apply(hidden);
    TokenRows own = adapter == null ? null : adapter.rowsOf(outputName());
    return own == null ? logits : own.score(logits, hidden);
  }

  /** Frees the parameters. Idempotent. */
  @Override
  public void close() {
    rotaryTable.close();
    memory.close();
  }
}
