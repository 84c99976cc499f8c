package dev.splitreason.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.training.example.Batch;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.ExampleBuilder;
import dev.splitreason.training.model.Transformer;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenLossTest {

  private static final Example FIRST = example(1, 2, 3, 4, 5);
  private static final Example SECOND = example(6, 7, 8);

  private final Transformer model = TinyModel.create();
  private final PointerScope scope = new PointerScope();

  @BeforeEach
  void forgetGradients() {
    model.parameters().values().forEach(parameter -> parameter.mutable_grad().reset());
  }

  @AfterEach
  void free() {
    scope.close();
    model.close();
  }

  @Test
  void anUntrainedModelKnowsAboutNothing() {
    double loss = new TokenLoss(model).sum(Batch.padded(List.of(FIRST))) / FIRST.weight();

    assertThat(loss).isCloseTo(Math.log(TinyModel.VOCABULARY), within(0.5));
  }

  @Test
  void paddingChangesNothing() {
    TokenLoss loss = new TokenLoss(model);

    double together = loss.sum(Batch.padded(List.of(FIRST, SECOND)));

    assertThat(together).isCloseTo(apart(loss), within(1e-5));
  }

  @Test
  void examplesInOneRowDoNotSeeEachOther() {
    TokenLoss loss = new TokenLoss(model);

    double packed = loss.sum(Batch.packed(List.of(List.of(FIRST, SECOND)), 12));

    assertThat(packed).isCloseTo(apart(loss), within(1e-5));
  }

  @Test
  void weightsScaleWhatATokenCounts() {
    Example doubled = new ExampleBuilder().add(new int[] {6}, 0).add(new int[] {7, 8}, 2).build();
    TokenLoss loss = new TokenLoss(model);

    assertThat(loss.sum(Batch.padded(List.of(doubled))))
        .isCloseTo(2 * loss.sum(Batch.padded(List.of(SECOND))), within(1e-5));
  }

  @Test
  void logitsInPiecesGiveTheSameLossAndGradient() {
    Batch batch = Batch.padded(List.of(FIRST, SECOND));
    double whole = new TokenLoss(model).backward(batch, 3);
    Tensor gradient = embeddingGradient();
    forgetGradients();

    double pieces = new TokenLoss(model, 2L * TinyModel.VOCABULARY).backward(batch, 3);

    assertThat(pieces).isCloseTo(whole, within(1e-6));
    assertThat(torch.allclose(embeddingGradient(), gradient, 1e-4, 1e-6, false)).isTrue();
  }

  private Tensor embeddingGradient() {
    return model.parameters().firstEntry().getValue().grad().clone();
  }

  private static double apart(TokenLoss loss) {
    return loss.sum(Batch.padded(List.of(FIRST))) + loss.sum(Batch.padded(List.of(SECOND)));
  }

  private static Example example(int... tokens) {
    return new ExampleBuilder().add(tokens, 1).build();
  }
}
