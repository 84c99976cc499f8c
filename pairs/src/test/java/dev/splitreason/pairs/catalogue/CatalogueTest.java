package dev.splitreason.pairs.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.shape.KnownShapes;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void everyPairHasANameOfItsOwnAndSizes() {
    assertThat(Catalogue.pairs()).extracting(KnownPair::name).doesNotHaveDuplicates();
    for (KnownPair pair : Catalogue.pairs()) {
      assertThat(Catalogue.named(pair.name())).isSameAs(pair);
      assertThat(pair.small().sizes().parameters())
          .as(pair.name())
          .isLessThan(pair.large().sizes().parameters());
    }
    assertThat(Catalogue.named("r1")).isNull();
  }

  @Test
  void bytesAreThoseOfPublishedFiles() {
    // Qwen2.5-Coder-0.5B's Q4_K_M file has 491,400,064 bytes, some six million of them vocabulary;
    // its output matrix is stored apart.
    ModelShape tied = KnownShapes.of("Qwen2.5-0.5B");
    ModelShape apart =
        new ModelShape(
            ModelFamily.QWEN2,
            tied.vocabulary(),
            tied.width(),
            tied.layers(),
            tied.heads(),
            tied.keyValueHeads(),
            tied.headSize(),
            tied.feedForward(),
            tied.normEpsilon(),
            tied.rope(),
            tied.context(),
            false);

    assertThat(Quantisation.Q4_K_M.bytes(apart)).isBetween(484_000_000L, 491_400_064L);
    assertThat(Quantisation.F16.bytes(tied)).isBetween(988_000_000L, 989_000_000L);
  }

  @Test
  void sizesAreThoseThatNamesTell() {
    assertThat(KnownShapes.of("Qwen3-0.6B").parameters()).isEqualTo(596_049_920);
    assertThat(KnownShapes.of("Qwen3-8B").parameters()).isEqualTo(8_190_735_360L);
    assertThat(KnownShapes.of("SmolLM2-135M").parameters()).isEqualTo(134_515_008);
  }

  @Test
  void keysAndValuesGrowWithTheAnswer() {
    KnownPair pair = Catalogue.pairs().getFirst();

    assertThat(pair.bytes(Quantisation.Q8_0, 2000) - pair.bytes(Quantisation.Q8_0, 1000))
        .isEqualTo(
            Quantisation.keysAndValues(pair.small().sizes(), 1000)
                + Quantisation.keysAndValues(pair.large().sizes(), 1000));
    // 28 layers of 2 heads of 128, keys and values, in halves (arXiv 2407.10671).
    assertThat(Quantisation.keysAndValues(KnownShapes.of("DeepSeek-R1-Distill-Qwen-1.5B"), 1))
        .isEqualTo(28_672);
  }
}
