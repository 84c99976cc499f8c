package dev.splitreason.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A model somewhere else than on the CPU, by libtorch's meta device: it is on every machine and has
 * shapes, but no numbers and not all operations. What a forward pass would mix with the parameters
 * has to be beside them.
 */
class OtherDeviceTest {

  private static final Device META = new Device(DeviceType.Meta);

  private final PointerScope scope = new PointerScope();
  private final Checkpoint read = Golden.named("grouped").checkpoint();
  private final ModelShape sizes = read.model().shape();

  @AfterEach
  void free() {
    read.close();
    scope.close();
  }

  @Test
  void aCheckpointGoesThereWithAllParametersToLearn() {
    try (Checkpoint there = read.on(META)) {
      assertThat(there.files()).isEqualTo(read.files());
      assertThat(there.model().parameters().keySet()).isEqualTo(sizes.extents().keySet());
      assertThat(there.model().parameters().values())
          .allMatch(Tensor::is_meta)
          .allMatch(Tensor::requires_grad);
    }
  }

  @Test
  void whereItIsAlreadyItKeepsItsNumbers() {
    float[] before = Golden.floats(read.model().parameters().lastEntry().getValue());
    try (Checkpoint same = read.on(new Device(DeviceType.CPU))) {
      assertThat(Golden.floats(same.model().parameters().lastEntry().getValue())).isEqualTo(before);
    }
  }

  @Test
  void anAdapterGoesThereToo() {
    var shape = new Adapter.Shape(2, 4, Adapter.Shape.ALL_TARGETS, List.of(1));
    try (Adapter made = Adapter.random(read.model(), shape, 5);
        Adapter there = made.on(sizes, META);
        Transformer model = read.model().on(META)) {
      model.attach(there);
      assertThat(model.trainable().keySet()).isEqualTo(made.parameters().keySet());
      assertThat(model.trainable().values())
          .allMatch(Tensor::is_meta)
          .allMatch(Tensor::requires_grad);
    }
  }

  @Test
  void whatPlacesTokensIsBesideThem() {
    Tensor tokens = PlacedNumbers.of(new long[] {1, 2, 3, 4}, on(META));
    assertThat(tokens.is_meta()).isTrue();

    PackedRows rows = PackedRows.of(new Positions.Packed(List.of(new int[] {2, 2})), 4, tokens);
    assertThat(rows.positions().is_meta()).isTrue();
    assertThat(rows.visible().is_meta()).isTrue();

    try (var table = new RotaryTable(sizes.rope().frequencies(sizes.headSize()))) {
      Rotary rotary = table.firstPositions(4, on(META).options());
      assertThat(rotary.cosine().is_meta()).isTrue();
      assertThat(rotary.sine().is_meta()).isTrue();
    }
  }

  @Test
  void aCacheAndWhatIsAppendedToItAreBesideTheParameters() {
    try (Transformer model = read.model().on(META);
        KeyValueCache cache = model.newCache(2)) {
      KeyValueCache.Append append = cache.append(new int[] {0, 1}, new int[] {2, 1});
      assertThat(append.positions().is_meta()).isTrue();
      assertThat(append.layer(0).keys().is_meta()).isTrue();
    }
  }

  private Tensor on(Device device) {
    return read.model().parameters().firstEntry().getValue().to(device, ScalarType.Float);
  }
}
