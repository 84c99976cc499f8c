package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.vocabulary.Exchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class SpanCutsTest {

  private static SpanCuts cuts(Vocabulary small, Vocabulary large, int longestUnbroken) {
    return new SpanCuts(small, Exchange.between(small, large).otherToOne(), longestUnbroken);
  }

  private static String text(Vocabulary vocabulary, int[] ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(vocabulary.bytes(id));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Property(tries = 500)
  void aCutSaysWhatIsWritten(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 280) Integer> ids,
      @ForAll @IntRange(min = 1, max = 9) int longestUnbroken) {
    Vocabulary small = Vocabulary.WORDS;
    Vocabulary large = Vocabulary.OTHER_WORDS;
    SpanCuts cuts = cuts(small, large, longestUnbroken);
    for (int id : ids) {
      cuts.add(large.token(id % large.size()));
    }
    for (int next = cuts.next(0); next > 0; next = cuts.next(next)) {
      assertThat(text(small, cuts.ids(next))).isEqualTo(cuts.text(0, next));
      assertThat(cuts.ids(next)).hasSize(cuts.size(next));
    }
  }

  @Property(tries = 500)
  void aCutIsTheTextTokenisedThere(
      @ForAll @StringLength(max = 40) @Chars({'a', 'b', ' ', '1', '2', '\n', '<', 'é', '字'})
          String text) {
    Vocabulary small = Vocabulary.WORDS;
    Vocabulary large = Vocabulary.BYTES;
    SpanCuts cuts = cuts(small, large, 1000);
    for (int id : large.tokenize(text)) {
      cuts.add(large.token(id));
    }
    for (int next = cuts.next(0); next > 0; next = cuts.next(next)) {
      assertThat(cuts.ids(next)).isEqualTo(small.tokenize(cuts.text(0, next)));
    }
  }

  @Property(tries = 200)
  void aCutDoesNotDependOnWhatComes(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 255) Integer> ids) {
    SpanCuts all = cuts(Vocabulary.WORDS, Vocabulary.BYTES, 4);
    ids.forEach(id -> all.add(Vocabulary.BYTES.token(id)));
    SpanCuts growing = cuts(Vocabulary.WORDS, Vocabulary.BYTES, 4);
    for (int count = 1; count <= ids.size(); count++) {
      Token token = Vocabulary.BYTES.token(ids.get(count - 1));
      growing.add(token);
      if (growing.next(count - 1) == count) {
        assertThat(growing.ids(count)).isEqualTo(all.ids(count));
      }
    }
  }
}
