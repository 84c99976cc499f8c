package dev.splitreason.training.model;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.Libtorch;
import dev.splitreason.training.tensor.NativeMemory;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A LoRA adapter: small matrices that are trained beside the frozen matrices of a {@link
 * Transformer} (arXiv 2106.09685), and if asked for the rows of some tokens in its embedding and
 * output matrix. {@link Transformer#attach} puts it to work, {@link Transformer#merge} adds it to
 * the weights. It owns its parameters.
 */
public final class Adapter implements AutoCloseable {

  static {
    Libtorch.load();
  }

  private static final String PREFIX = "base_model.model.";
  private static final String ROWS = ".token_adapter.trainable_tokens_delta";

  private final Shape shape;
  private final NativeMemory memory;
  private final SequencedMap<String, Tensor> parameters;
  private final Map<String, LowRank> changes = new LinkedHashMap<>();
  private final Map<String, TokenRows> rows = new LinkedHashMap<>();

  /**
   * The shape of an adapter.
   *
   * @param rank of the matrices
   * @param alpha the change is scaled by alpha / rank
   * @param targets the last names of the matrices it changes, such as {@code q_proj}
   * @param tokens ids of tokens whose embedding, and output row where that is another, it replaces
   */
  public record Shape(int rank, double alpha, List<String> targets, List<Integer> tokens) {

    /** The names of all matrices inside a layer. */
    public static final List<String> ALL_TARGETS =
        List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /**
     * Checks that such an adapter can be.
     *
     * @throws UserMistake naming what does not fit
     */
    public Shape {
      targets = List.copyOf(targets);
      tokens = List.copyOf(tokens);
      if (rank < 1) {
        throw new UserMistake("the rank of an adapter is at least 1, not " + rank);
      }
      if (targets.isEmpty() || !ALL_TARGETS.containsAll(targets)) {
        throw new UserMistake(
            "the targets of an adapter are among " + ALL_TARGETS + ", not " + targets);
      }
      if (tokens.size() != Set.copyOf(tokens).size() || tokens.stream().anyMatch(id -> id < 0)) {
        throw new UserMistake(
            "the tokens of an adapter are different ids from 0 on, not " + tokens);
      }
    }

    /** Without tokens of its own. */
    public Shape(int rank, double alpha, List<String> targets) {
      this(rank, alpha, targets, List.of());
    }

    /** The same with these tokens. */
    public Shape withTokens(List<Integer> ids) {
      return new Shape(rank, alpha, targets, ids);
    }

    /**
     * The PEFT names of the parameters for a model, with their shapes.
     *
     * @throws UserMistake if the model has no such token
     */
    public SequencedMap<String, List<Long>> parameterShapes(ModelShape model) {
      SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
      for (int id : tokens) {
        if (id >= model.vocabulary()) {
          throw new UserMistake(
              "the adapter replaces token %d, but the model has %d tokens"
                  .formatted(id, model.vocabulary()));
        }
      }
      model
          .extents()
          .forEach(
              (name, extents) -> {
                if (ModelShape.isByToken(name) && !tokens.isEmpty()) {
                  shapes.put(rows(name), List.of((long) tokens.size(), extents.get(1)));
                } else if (extents.size() == 2 && targets(name)) {
                  shapes.put(downName(name), List.of((long) rank, extents.get(1)));
                  shapes.put(upName(name), List.of(extents.get(0), (long) rank));
                }
              });
      return shapes;
    }

    private boolean targets(String name) {
      return targets.stream().anyMatch(target -> name.endsWith("." + target + ".weight"));
    }
  }

  private Adapter(
      ModelShape model, Shape shape, SequencedMap<String, Tensor> parameters, NativeMemory memory) {
    this.shape = shape;
    this.memory = memory;
    this.parameters = Collections.unmodifiableSequencedMap(parameters);
    Scalar scale = new Scalar(shape.alpha / shape.rank);
    int[] tokens = shape.tokens.stream().mapToInt(Integer::intValue).toArray();
    for (String name : model.extents().keySet()) {
      Tensor own = parameters.get(rows(name));
      if (own != null) {
        rows.put(name, TokenRows.of(own, tokens, model.vocabulary()));
      }
      Tensor down = parameters.get(downName(name));
      if (down != null) {
        Tensor up = Objects.requireNonNull(parameters.get(upName(name)));
        changes.put(name, new LowRank(down, up, scale));
      }
    }
  }

  /** A fresh adapter, which changes nothing until it is trained. */
  public static Adapter random(Transformer model, Shape shape, long seed) {
    try (PointerScope _ = new PointerScope()) {
      GeneratorOptional source = new GeneratorOptional(torch.make_generator_cpu(seed));
      long[] tokens = shape.tokens.stream().mapToLong(Integer::longValue).toArray();
      return of(
          model.shape(),
          shape,
          (name, extents) -> {
            if (name.endsWith(ROWS)) {
              Tensor matrix = Objects.requireNonNull(model.parameters().get(ofRows(name)));
              return matrix.detach().index_select(0, PlacedNumbers.of(tokens, matrix));
            }
            Tensor fresh = torch.zeros(extents.get(0), extents.get(1));
            // As PEFT: uniform with the variance of 1 / (3 · inputs) for A, zero for B.
            double bound = 1 / Math.sqrt(extents.get(1));
            return name.contains(".lora_A.") ? fresh.uniform_(-bound, bound, source) : fresh;
          });
    }
  }

  /** An adapter with given weights, by PEFT name and shape. */
  public static Adapter of(
      ModelShape model, Shape shape, BiFunction<String, List<Long>, Tensor> weights) {
    NativeMemory memory = new NativeMemory();
    return memory.hold(
        () ->
            new Adapter(
                model, shape, Parameters.of(shape.parameterShapes(model), weights), memory));
  }

  /** The same on a device, as {@link Transformer#on}: this one stays the caller's to close. */
  public Adapter on(ModelShape model, Device device) {
    return of(
        model,
        shape,
        (name, _) ->
            Objects.requireNonNull(parameters.get(name)).detach().to(device, ScalarType.Float));
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The trainable parameters by their PEFT names. */
  public SequencedMap<String, Tensor> parameters() {
    return parameters;
  }

  /** The [rank, inputs] part of what is added to the matrix of this Hugging Face name, or null. */
  public @Nullable Tensor down(String name) {
    return parameters.get(downName(name));
  }

  /** The [outputs, rank] part of what is added to the matrix of this Hugging Face name, or null. */
  public @Nullable Tensor up(String name) {
    return parameters.get(upName(name));
  }

  /** What is added to the matrix of this Hugging Face name, or null. */
  @Nullable LowRank change(String name) {
    return changes.get(name);
  }

  /** The last names of the matrices of which it replaces rows, such as {@code lm_head}. */
  public List<String> rowMatrices() {
    return rows.keySet().stream()
        .map(name -> name.replace(".weight", ""))
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .toList();
  }

  /** What replaces rows of the matrix of this Hugging Face name, or null. */
  @Nullable TokenRows rowsOf(String name) {
    return rows.get(name);
  }

  /** Adds the changes to the matrices they belong to, for good. */
  void mergeInto(Map<String, Tensor> weights) {
    try (PointerScope _ = new PointerScope();
        GradientMode _ = GradientMode.off()) {
      changes.forEach(
          (name, change) ->
              Objects.requireNonNull(weights.get(name))
                  .add_(torch.matmul(change.up(), change.down()), change.scale()));
      rows.forEach((name, own) -> own.mergeInto(Objects.requireNonNull(weights.get(name))));
    }
  }

  private static String rows(String name) {
    return PREFIX + name.replace(".weight", ROWS);
  }

  private static String ofRows(String name) {
    return name.substring(PREFIX.length()).replace(ROWS, ".weight");
  }

  private static String downName(String name) {
    return PREFIX + name.replace(".weight", ".lora_A.weight");
  }

  private static String upName(String name) {
    return PREFIX + name.replace(".weight", ".lora_B.weight");
  }

  /** Frees the parameters; the model must not use it any more. Idempotent. */
  @Override
  public void close() {
    memory.close();
  }
}
