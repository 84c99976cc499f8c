package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is drawn depends on the options, and on nothing else. */
public interface SamplingContract extends ModelUnderTest {

  @Test
  default void theSeedDecides() throws Exception {
    List<Token> written = decode(prompt(), 30, warm());
    assertThat(decode(prompt(), 30, warm())).isEqualTo(written);
    assertThat(decode(prompt(), 30, warm().withSeed(43))).isNotEqualTo(written);
  }

  @Test
  default void aBiasForces() throws Exception {
    needs(Capability.TOKEN_IDS);
    needs(Capability.LOGIT_BIAS);
    int seven = Objects.requireNonNull(model().tokenizer()).tokenize("7")[0];
    assertThat(ids(decode(prompt(), 5, Sampling.GREEDY.plusBias(seven, 1000f))))
        .hasSize(5)
        .containsOnly(seven);
  }

  @Test
  default void aBiasForbids() throws Exception {
    needs(Capability.TOKEN_IDS);
    needs(Capability.LOGIT_BIAS);
    Token first = decode(prompt(), 1, Sampling.GREEDY).getFirst();
    assertThat(decode(prompt(), 1, Sampling.GREEDY.forbidding(first.id())))
        .isNotEmpty()
        .doesNotContain(first);
  }
}
