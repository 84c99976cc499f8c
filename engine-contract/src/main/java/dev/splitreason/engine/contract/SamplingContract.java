package dev.splitreason.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.Nudge;
import dev.splitreason.core.model.Session;
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
  default void aNudgeEndsADecodeBeforeItsTokenAndChangesNothingElse() throws Exception {
    needs(Capability.TOKEN_IDS);
    needs(Capability.LOGIT_BIAS);
    int first = decode(prompt(), 1, Sampling.GREEDY).getFirst().id();
    int other = Objects.requireNonNull(model().tokenizer()).tokenize("73")[0];
    int nudged =
        other == first ? Objects.requireNonNull(model().tokenizer()).tokenize("8")[0] : other;
    try (Session session = opened(prompt())) {
      DecodeRequest request = DecodeRequest.upTo(5, Sampling.GREEDY);
      int start = session.length();
      Decoded decoded = session.decode(request.withNudge(new Nudge(nudged, 1000f)), token -> {});
      assertThat(decoded.end()).isEqualTo(Decoded.End.NUDGED);
      assertThat(decoded.tokens()).isEmpty();
      assertThat(session.length()).isEqualTo(start);
      Decoded slightly = session.decode(request.withNudge(new Nudge(nudged, 1e-6f)), token -> {});
      assertThat(slightly.tokens()).isEqualTo(decode(prompt(), 5, Sampling.GREEDY));
    }
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
