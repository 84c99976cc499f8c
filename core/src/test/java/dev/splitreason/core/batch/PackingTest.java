package dev.splitreason.core.batch;

import static dev.splitreason.core.batch.TinyModel.WARM;
import static dev.splitreason.core.batch.TinyModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.split.Vocabulary;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackingTest {

  /** 100 tokens, 20 of them with logits, 30 beside decodes. */
  private static final BatchLimits LIMITS = new BatchLimits(100, 20, 30);

  @Test
  void everyDecodesTokenComesFirst() {
    assertThat(packed(List.of(prefill(10), decode(40, 39), decode(50, 49))))
        .containsExactly("39+1", "49+1", "0+9");
  }

  @Test
  void prefillsHaveLessRoomBesideDecodes() {
    assertThat(packed(List.of(prefill(200)))).containsExactly("0+100");
    assertThat(packed(List.of(prefill(200), decode(40, 39)))).containsExactly("39+1", "0+30");
  }

  @Test
  void prefillsShareTheRoomInTheirOrder() {
    assertThat(packed(List.of(prefill(61), prefill(61), prefill(61))))
        .containsExactly("0+60", "0+40");
  }

  @Test
  void aDecodeThatFirstHasToReadIsAPrefill() {
    assertThat(packed(List.of(decode(200, 0), decode(40, 39)))).containsExactly("39+1", "0+30");
  }

  @Test
  void noMoreLogitsAreAskedForThanThereIsRoom() {
    // Before its first logits, a score of 50 tokens after 10 has 9 that need none.
    assertThat(packed(List.of(score(10, 50)))).containsExactly("0+29");
    assertThat(packed(List.of(score(10, 50), prefill(41)))).containsExactly("0+29", "0+40");
    assertThat(packed(IntStream.range(0, 25).mapToObj(i -> decode(40, 39)).toList())).hasSize(20);
  }

  private static List<String> packed(List<Work> works) {
    return Packing.next(works, LIMITS).stream()
        .map(slice -> slice.from() + "+" + (slice.to() - slice.from()))
        .toList();
  }

  private static Work prefill(int length) {
    return new Prefill(sequence(length, 0));
  }

  private static Work decode(int length, int evaluated) {
    return new Decode(
        sequence(length, evaluated), DecodeRequest.upTo(1, WARM), Vocabulary.BYTES, null);
  }

  private static Work score(int before, int run) {
    Work score = new Score(sequence(before, 0), tokens(1, run), ScoreRequest.ofEntropy(), null);
    score.begin(new Sampler(Vocabulary.BYTES.size()));
    return score;
  }

  private static Sequence sequence(int length, int evaluated) {
    Sequence sequence = new Sequence(0, new ModelInfo("any", "", 0, 1000, null));
    sequence.add(tokens(1, length));
    sequence.evaluatedTo(evaluated);
    return sequence;
  }
}
