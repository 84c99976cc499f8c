package dev.splitreason.training.model;

import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.tensor.NativeMemory;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptionalList;
import org.bytedeco.pytorch.global.torch;

/**
 * The keys and values of many growing texts: {@code rows} of them, each with its own length. {@link
 * Transformer#forward(KeyValueCache, int[], int[][])} appends to chosen rows; rows are shortened
 * and copied here, at no cost and at the cost of the copied text. It grows as its longest row does.
 *
 * <p>Not thread-safe. It holds what the parameters gave at the time: after an optimiser step,
 * truncate to 0 and prefill again.
 */
public final class KeyValueCache implements AutoCloseable {

  private final ModelShape model;
  private final Tensor like;
  private final int[] lengths;
  private NativeMemory memory = new NativeMemory();
  private List<Tensor> keys = List.of();
  private List<Tensor> values = List.of();
  private int capacity;

  KeyValueCache(ModelShape model, int rows, int capacity, Tensor like) {
    if (rows < 1) {
      throw new IllegalArgumentException("a cache has at least 1 row, not " + rows);
    }
    this.model = model;
    this.like = like;
    this.lengths = new int[rows];
    reserve(Math.max(1, capacity));
  }

  /** The number of rows. */
  public int rows() {
    return lengths.length;
  }

  /** The number of tokens in a row. */
  public int length(int row) {
    return lengths[row];
  }

  /** Drops the tokens of a row from position {@code length} on. */
  public void truncate(int row, int length) {
    if (length < 0 || length > lengths[row]) {
      throw new IllegalArgumentException(
          "row %d has %d tokens and cannot be cut to %d".formatted(row, lengths[row], length));
    }
    lengths[row] = length;
  }

  /** Makes row {@code to} a copy of row {@code from}; what was in it is dropped. */
  public void copy(int from, int to) {
    int length = lengths[from];
    if (from != to && length > 0) {
      for (int layer = 0; layer < keys.size(); layer++) {
        copy(keys.get(layer), from, to, length);
        copy(values.get(layer), from, to, length);
      }
    }
    lengths[to] = length;
  }

  private static void copy(Tensor all, int from, int to, int length) {
    try (PointerScope _ = new PointerScope()) {
      all.select(0, to).narrow(1, 0, length).copy_(all.select(0, from).narrow(1, 0, length));
    }
  }

  @Override
  public void close() {
    memory.close();
    keys = List.of();
    values = List.of();
  }

  /** One more position than asked for: what pads a ragged batch is written there. */
  private void reserve(int positions) {
    if (positions <= capacity) {
      return;
    }
    int grown = Math.max(positions, capacity + capacity / 2);
    NativeMemory next = new NativeMemory();
    List<Tensor> nextKeys = next.hold(() -> grow(keys, grown));
    List<Tensor> nextValues = next.hold(() -> grow(values, grown));
    memory.close();
    memory = next;
    keys = nextKeys;
    values = nextValues;
    capacity = grown;
  }

  private List<Tensor> grow(List<Tensor> old, int grown) {
    long[] shape = {lengths.length, model.keyValueHeads(), grown + 1L, model.headSize()};
    List<Tensor> tensors = new ArrayList<>();
    for (int layer = 0; layer < model.layers(); layer++) {
      Tensor tensor = torch.zeros(shape, like.options());
      if (!old.isEmpty()) {
        tensor.narrow(2, 0, capacity).copy_(old.get(layer).narrow(2, 0, capacity));
      }
      tensors.add(tensor);
    }
    return tensors;
  }

  /** Makes room in {@code rows} for {@code counts} more tokens each, and tells where they go. */
  Append append(int[] rows, int[] counts) {
    int longest = 0;
    int width = 0;
    for (int i = 0; i < rows.length; i++) {
      longest = Math.max(longest, lengths[rows[i]] + counts[i]);
      width = Math.max(width, counts[i]);
    }
    reserve(longest);
    return new Append(rows, counts, longest, width);
  }

  /** A ragged batch of new tokens on its way into the cache. */
  final class Append {

    private final int[] rows;
    private final int[] counts;
    private final int longest;
    private final int width;
    private final Tensor rowIndex;
    private final Tensor slots;
    private final Tensor positions;
    private final boolean neighbours;

    private Append(int[] rows, int[] counts, int longest, int width) {
      this.rows = rows;
      this.counts = counts;
      this.longest = longest;
      this.width = width;
      this.neighbours = neighbours(rows);
      long[] positionOf = new long[rows.length * width];
      long[] slotOf = new long[rows.length * width];
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < width; j++) {
          int position = lengths[rows[i]] + j;
          positionOf[i * width + j] = Math.min(position, longest - 1);
          slotOf[i * width + j] = j < counts[i] ? position : capacity;
        }
      }
      this.positions = PlacedNumbers.of(positionOf, like).view(rows.length, width);
      this.slots = PlacedNumbers.of(slotOf, like).view(rows.length, width);
      this.rowIndex = PlacedNumbers.of(Arrays.stream(rows).asLongStream().toArray(), like);
    }

    /** int64 [rows, width]: the position of each new token; of padding, any. */
    Tensor positions() {
      return positions;
    }

    /** Above every position. */
    int bound() {
      return longest;
    }

    Attention.Mask mask(Tensor like) {
      if (width == 1 && Arrays.stream(rows).allMatch(row -> lengths[row] + 1 == longest)) {
        return Attention.Mask.none();
      }
      Tensor keyPositions = torch.arange(new Scalar(longest), positions.options());
      return Attention.Mask.of(keyPositions.le(positions.view(rows.length, 1, width, 1)), like);
    }

    Layer layer(int index) {
      return new Layer(this, keys.get(index), values.get(index));
    }

    /** The new tokens are in the cache of every layer. */
    void commit() {
      for (int i = 0; i < rows.length; i++) {
        lengths[rows[i]] += counts[i];
      }
    }
  }

  /** The cache of one layer during an append. */
  static final class Layer {

    private final Append append;
    private final Tensor allKeys;
    private final Tensor allValues;

    Layer(Append append, Tensor allKeys, Tensor allValues) {
      this.append = append;
      this.allKeys = allKeys;
      this.allValues = allValues;
    }

    /** Writes new keys and values, both [rows, heads, width, headSize]. */
    void append(Tensor keys, Tensor values) {
      write(allKeys, keys);
      write(allValues, values);
    }

    private void write(Tensor all, Tensor added) {
      TensorOptionalList index = new TensorOptionalList();
      index.push_back(new TensorOptional(append.rowIndex.unsqueeze(1)));
      index.push_back(new TensorOptional());
      index.push_back(new TensorOptional(append.slots));
      // Indices around a slice bring the indexed dimensions to the front: [rows, width, heads, …].
      all.index_put_(index, added.transpose(1, 2).to(all.scalar_type()));
    }

    /** Everything in the chosen rows, [rows, heads, longest, headSize]. */
    Tensor keys() {
      return read(allKeys);
    }

    Tensor values() {
      return read(allValues);
    }

    private Tensor read(Tensor all) {
      Tensor written = all.narrow(2, 0, append.longest);
      return append.neighbours
          ? written.narrow(0, append.rows[0], append.rows.length)
          : written.index_select(0, append.rowIndex);
    }
  }

  private static boolean neighbours(int[] rows) {
    for (int i = 1; i < rows.length; i++) {
      if (rows[i] != rows[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }
}
