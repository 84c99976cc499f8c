package dev.splitreason.engine.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.Token;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TranscriptTest {

  @Property
  void textTruncatedToATokenIsTheTextUpToIt(
      @ForAll @Size(max = 20) List<@StringLength(min = 1, max = 6) String> words,
      @ForAll @IntRange(max = 20) int cut) {
    var transcript = new Transcript.Text(false);
    transcript.append("a prompt of some length");
    int prompt = transcript.length();
    List<String> kept = new ArrayList<>();
    for (String word : words) {
      transcript.append(new Token(Token.UNKNOWN_ID, word.getBytes(UTF_8)));
      if (kept.size() < cut) {
        kept.add(new String(word.getBytes(UTF_8), UTF_8));
      }
    }
    Transcript copy = transcript.copy();

    transcript.truncate(prompt + kept.size());

    assertThat(transcript.prompt().asString())
        .isEqualTo("a prompt of some length" + String.join("", kept));
    assertThat(copy.length()).isEqualTo(prompt + words.size());
    transcript.append(Token.ofText("!"));
    assertThat(transcript.prompt().asString()).endsWith("!");
    assertThat(copy.prompt().asString()).startsWith("a prompt of some length");
  }

  @Property
  void idsAreWhatWasAppended(@ForAll @Size(max = 200) List<@IntRange(max = 999) Integer> ids) {
    var transcript = new Transcript.Ids();
    ids.forEach(id -> transcript.append(id.intValue()));

    assertThat(transcript.prompt().asArrayOfTokens())
        .isEqualTo(ids.stream().map(Integer::longValue).toList());
    transcript.truncate(ids.size() / 2);
    assertThat(transcript.length()).isEqualTo(ids.size() / 2);
    assertThat(transcript.before(transcript.length(), 3)).hasSize(Math.min(3, ids.size() / 2));
  }

  @Test
  void aTextWhoseTokensAreUnknownIsDroppedWholeOrNotAtAll() {
    var transcript = new Transcript.Text(false);
    transcript.append("some words that are several tokens");

    assertThatThrownBy(() -> transcript.truncate(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inside a text whose tokens are unknown");
    assertThatThrownBy(() -> transcript.truncate(transcript.length() + 1))
        .isInstanceOf(IllegalArgumentException.class);
    transcript.truncate(0);
    assertThat(transcript.prompt().asString()).isEmpty();
  }
}
