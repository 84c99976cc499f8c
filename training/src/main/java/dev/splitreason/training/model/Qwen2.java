package dev.splitreason.training.model;

import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.Lifetime;
import dev.splitreason.training.tensor.NativeMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A Qwen2 language model that learns: token ids to hidden states to logits (arXiv 2407.10671). It
 * owns its parameters; an optimiser updates them in place. What it returns belongs to the caller's
 * {@link org.bytedeco.javacpp.PointerScope}. Not thread-safe.
 */
public final class Qwen2 implements AutoCloseable {

  private final Qwen2Config config;
  private final NativeMemory memory;
  private final SequencedMap<String, Tensor> parameters;
  private final Tensor embeddings;
  private final List<Layer> layers = new ArrayList<>();
  private final RmsNorm finalNorm;
  private final Linear output;
  private final RotaryTable rotaryTable;

  private Qwen2(Qwen2Config config, SequencedMap<String, Tensor> parameters, NativeMemory memory) {
    this.config = config;
    this.memory = memory;
    this.parameters = Collections.unmodifiableSequencedMap(parameters);
    this.rotaryTable = new RotaryTable(config.headSize(), config.ropeBase());
    embeddings = parameter(Qwen2Config.EMBEDDINGS);
    for (int layer = 0; layer < config.layers(); layer++) {
      layers.add(layer(Qwen2Config.layerPrefix(layer)));
    }
    finalNorm = norm(Qwen2Config.FINAL_NORM);
    output = Linear.of(config.tiedEmbeddings() ? embeddings : parameter(Qwen2Config.OUTPUT), null);
  }

  /** A model with fresh weights; the same seed gives the same weights. */
  public static Qwen2 random(Qwen2Config config, Initialization how, long seed) {
    Generator generator = torch.make_generator_cpu(seed);
    GeneratorOptional source = new GeneratorOptional(generator);
    return of(
        config,
        (name, shape) -> {
          Tensor fresh = torch.empty(extents(shape));
          if (name.endsWith("norm.weight")) {
            return fresh.fill_(new Scalar(1.0f));
          }
          if (name.endsWith(".bias")) {
            return fresh.zero_();
          }
          double deviation =
              name.equals(Qwen2Config.EMBEDDINGS)
                  ? how.embeddingDeviation()
                  : how.matrices().of(shape.getLast());
          return fresh.normal_(0, deviation, source);
        });
  }

  /**
   * A model with given weights.
   *
   * @param weights gives the values of each parameter by name and shape; they are copied if they
   *     belong to someone else
   */
  public static Qwen2 of(Qwen2Config config, BiFunction<String, List<Long>, Tensor> weights) {
    NativeMemory memory = new NativeMemory();
    try {
      return memory.hold(
          () -> {
            try (GradientMode _ = GradientMode.off()) {
              SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
              config
                  .parameterShapes()
                  .forEach(
                      (name, shape) -> {
                        Tensor value = Lifetime.ofResult(() -> weights.apply(name, shape));
                        value.requires_grad_(true);
                        parameters.put(name, value);
                      });
              return new Qwen2(config, parameters, memory);
            }
          });
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  private static long[] extents(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  private Layer layer(String prefix) {
    Attention attention =
        new Attention(
            affine(prefix + "self_attn.q_proj"),
            affine(prefix + "self_attn.k_proj"),
            affine(prefix + "self_attn.v_proj"),
            matrix(prefix + "self_attn.o_proj"),
            config.headSize());
    FeedForward feedForward =
        new FeedForward(
            matrix(prefix + "mlp.gate_proj"),
            matrix(prefix + "mlp.up_proj"),
            matrix(prefix + "mlp.down_proj"));
    return new Layer(
        norm(prefix + "input_layernorm.weight"),
        attention,
        norm(prefix + "post_attention_layernorm.weight"),
        feedForward);
  }

  private Linear affine(String name) {
    return Linear.of(parameter(name + ".weight"), parameter(name + ".bias"));
  }

  private Linear matrix(String name) {
    return Linear.of(parameter(name + ".weight"), null);
  }

  private RmsNorm norm(String name) {
    return RmsNorm.of(parameter(name), config.rmsNormEpsilon());
  }

  private Tensor parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  /** The model's shape. */
  public Qwen2Config config() {
    return config;
  }

  /** The parameters by their Hugging Face names, in the order of a checkpoint. */
  public SequencedMap<String, Tensor> parameters() {
    return parameters;
  }

  /**
   * The hidden states after the last norm, differentiable unless {@link GradientMode#off}.
   *
   * @param tokens int64 [rows, length]
   * @return [rows, length, hidden]
   */
  public Tensor forward(Tensor tokens, Positions positions) {
    return Lifetime.ofResult(
        () -> {
          Tensor x = torch.embedding(embeddings, tokens);
          int length = Math.toIntExact(tokens.size(1));
          Rotary rotary = rotaryTable.firstPositions(length, x.options());
          Attention.Mask mask = Attention.Mask.ofCausal();
          if (positions instanceof Positions.Packed packed) {
            PackedRows rows = PackedRows.of(packed, length, tokens.options());
            rotary = rotaryTable.positions(rows.positions(), length, x.options());
            mask = Attention.Mask.of(rows.visible(), x);
          }
          return throughLayers(x, rotary, mask, null);
        });
  }

  /** An empty cache for texts that grow by {@link #forward(KeyValueCache, int[], int[][])}. */
  public KeyValueCache newCache(int rows) {
    return new KeyValueCache(config, rows, 0, embeddings);
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
            Tensor x = torch.embedding(embeddings, padded(tokens, append.positions().options()));
            Rotary rotary = rotaryTable.positions(append.positions(), append.bound(), x.options());
            Tensor hidden = throughLayers(x, rotary, append.mask(x), append);
            append.commit();
            return hidden;
          });
    }
  }

  private static Tensor padded(int[][] tokens, TensorOptions options) {
    int width = Arrays.stream(tokens).mapToInt(added -> added.length).max().orElseThrow();
    long[] ids = new long[tokens.length * width];
    for (int i = 0; i < tokens.length; i++) {
      for (int j = 0; j < tokens[i].length; j++) {
        ids[i * width + j] = tokens[i][j];
      }
    }
    return torch.tensor(ids).view(tokens.length, width).to(options.device(), ScalarType.Long);
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
    return output.apply(hidden);
  }

  /** Frees the parameters. Idempotent. */
  @Override
  public void close() {
    rotaryTable.close();
    memory.close();
  }
}
