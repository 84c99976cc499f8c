package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.vocabulary.Exchange;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextSpanReaderTest {

  private static final Token EMPTY = new Token(300, new byte[0]);

  private final ScriptedModel small =
      new ScriptedModel(Vocabulary.WORDS, Language.script("12 ab").uncertainAfter(""));
  private final View view =
      new View(
          small,
          Exchange.between(Vocabulary.WORDS, Vocabulary.BYTES).otherToOne(),
          Integer.MAX_VALUE);

  /** Servers send such tokens, and so may a vocabulary. */
  @Test
  void aTokenWithoutATextIsReadByTheWay() throws Exception {
    view.begin(new Prompt(List.of(new Prompt.Part(Vocabulary.GO, true))));
    view.catchUp();
    int start = view.session().length();
    var reader = new TextSpanReader(view, CloseTest.whenCertain(0.001), 8);

    assertThat(reader.read(List.of(EMPTY), false)).isEqualTo(SpanReader.OPEN);
    assertThat(reader.judged()).isEqualTo(1);
    assertThat(reader.read(List.of(letter('1'), EMPTY, letter('2')), false))
        .isEqualTo(SpanReader.OPEN);
    assertThat(reader.read(List.of(EMPTY), true)).isEqualTo(SpanReader.OPEN);
    assertThat(reader.judged()).isEqualTo(5);

    reader.keep(5);
    assertThat(((ScriptedSession) view.session()).text()).endsWith("12");
    assertThat(view.session().length()).isEqualTo(start + 1);
    reader.keep(1);
    assertThat(view.session().length()).isEqualTo(start);
  }

  private static Token letter(char character) {
    return Vocabulary.BYTES.token(character);
  }
}
