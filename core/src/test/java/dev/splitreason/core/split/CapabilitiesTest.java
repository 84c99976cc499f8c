package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens where a model, such as a remote one, cannot do everything. */
@Timeout(60)
class CapabilitiesTest {

  private static final Capabilities NO_SCORING = new Capabilities(true, false, true, true);
  private static final Capabilities NO_BIAS = new Capabilities(true, true, false, true);
  private static final Capabilities NO_ENTROPY = new Capabilities(true, true, true, false);
  private static final Capabilities TEXT_ONLY = new Capabilities(false, false, true, false);

  @ParameterizedTest
  @CsvSource({"1,123", "2,1234", "3,123", "4,1234", "5,12345"})
  void withoutScoringASpanClosesAtTheEndOfAChunkInEitherMode(int chunk, String kept) {
    Language small =
        text ->
            text.isEmpty()
                ? "<bigmodel>"
                : text.endsWith("</bigmodel>") ? "" : text.length() >= 13 ? "</bigmodel>" : "x";
    for (boolean pipelined : new boolean[] {false, true}) {
      Play play = Play.of(small, Language.repeating("1234567890")).withChunk(chunk);
      play.small.with(NO_SCORING);
      Trace trace = play.decode(SplitOptions.DEFAULT.withPipelined(pipelined));

      assertThat(Play.show(trace)).isEqualTo("<bigmodel>⟦" + kept + "⟧</bigmodel>");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void modelsThatOnlyTellTextShareAnAnswer(boolean pipelined) {
    String script = "é1<bigmodel>字2</bigmodel>😀";
    Play play =
        new Play(
            new ScriptedModel(Vocabulary.BYTES, Language.script(script)).with(TEXT_ONLY),
            new ScriptedModel(Vocabulary.WORDS, Language.script("é1字2😀")).with(TEXT_ONLY));
    Trace trace = play.withChunk(1).decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    assertThat(Play.show(trace)).isEqualTo("é1<bigmodel>⟦字2⟧</bigmodel>😀");
  }

  @Test
  void withoutLogitBiasAForbiddenOpenTagBecomesAnEmptySpan() {
    Play play =
        Play.of(
            text ->
                text.isEmpty()
                    ? "1<bigmodel>"
                    : text.endsWith("</bigmodel>") ? "." : text.endsWith("1") ? "<bigmodel>" : "",
            Language.script("123"));
    play.small.with(NO_BIAS);

    assertThat(Play.show(play.decode(SplitOptions.DEFAULT.withMaxOffloadRatio(0))))
        .isEqualTo("1<bigmodel></bigmodel>.");
  }

  @Test
  void withoutLogitBiasTheLargeModelStillDoesNotSeeAStrayCloseTag() {
    Play play =
        Play.of(Language.script("a</bigmodel>b<bigmodel>c</bigmodel>"), Language.script("abc"));
    play.small.with(NO_BIAS);

    assertThat(Play.show(play.decode())).isEqualTo("a</bigmodel>b<bigmodel>⟦c⟧</bigmodel>");
    assertThat(play.large.decodedFrom.getFirst()).isEqualTo(Play.LARGE_PROMPT + "ab");
  }

  @Test
  void withoutLogitBiasOrTokenIdsAnOffloadBiasIsRefused() {
    for (Capabilities lacking : new Capabilities[] {NO_BIAS, TEXT_ONLY}) {
      Play play = Play.of(Language.script(""), Language.script(""));
      play.small.with(lacking);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> play.decode(SplitOptions.DEFAULT.withOffloadBias(1)))
          .withMessageContaining("logit bias");
    }
  }

  @Test
  void whatAPolicyNeedsIsRefusedByItsName() {
    Play play = Play.of(Language.script(""), Language.script(""));
    play.small.with(NO_ENTROPY);
    play.large.with(NO_SCORING);

    for (String policy : new String[] {"glimpse:1.0", "judged:1.0", "route:1.0"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> play.decode(SplitOptions.DEFAULT.withPolicy(Policy.parse(policy))))
          .withMessageContaining("which the policy " + policy + " needs");
    }
  }

  @Test
  void withoutEntropyTheEntropyPolicyIsRefused() {
    Play play = Play.of(Language.script(""), Language.script(""));
    play.small.with(NO_ENTROPY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> play.decode(SplitOptions.DEFAULT.withPolicy(new Policy.Entropy(1))))
        .withMessageContaining("entropy");
  }
}
