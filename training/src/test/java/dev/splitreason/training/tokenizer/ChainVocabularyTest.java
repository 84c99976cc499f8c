package dev.splitreason.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.data.chain.ChainProblem;
import dev.splitreason.data.chain.ChainProblems;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChainVocabularyTest {

  private static final JsonTokenizer TOKENIZER = JsonTokenizer.of(ChainVocabulary.files());

  @AfterAll
  static void close() {
    TOKENIZER.close();
  }

  @Test
  void controlTokensAreSingleTokensAndKeepTheirPlaces() {
    for (int id = 0; id < ChainVocabulary.CONTROL.size(); id++) {
      assertThat(TOKENIZER.tokenizeWithControl(ChainVocabulary.CONTROL.get(id)))
          .containsExactly(id);
    }
    assertThat(TOKENIZER.idOf("<bigmodel>")).isEqualTo(9);
  }

  @Test
  void controlTokensInOrdinaryTextAreText() {
    assertThat(TOKENIZER.tokenize("<bigmodel>")).hasSizeGreaterThan(1);
  }

  @Test
  void everyDigitIsATokenOfItsOwn() {
    assertThat(pieces("37*48=1776\n"))
        .containsExactly("3", "7", "*", "4", "8", "=", "1", "7", "7", "6", "\n");
  }

  @Test
  void theWordsOfTheTaskAreSingleTokens() {
    assertThat(
            pieces("Start with 37. Multiply by 48. Add 29. Subtract 85. Give the last two digits."))
        .contains("Start", " Multiply", " by", " Add", " Subtract", " Give", " digits")
        .hasSize(28);
  }

  @Test
  void anyTextComesBack() {
    for (ChainProblem problem : ChainProblems.of(7).first(50).toList()) {
      assertComesBack(problem.question());
      assertComesBack(problem.response());
    }
    assertComesBack("Ünïcode, 数学, \u0000 and\ttabs 🙂");
  }

  @Test
  void oneTokenEndsAText() {
    assertThat(TOKENIZER.endOfText()).isEqualTo(2);
    assertThat(TOKENIZER.endsText(2)).isTrue();
    assertThat(TOKENIZER.endsText(6)).isFalse();
  }

  @Test
  void itIsSmall() {
    assertThat(TOKENIZER.size()).isBetween(300, 363);
  }

  private static void assertComesBack(String text) {
    assertThat(String.join("", pieces(text))).isEqualTo(text);
  }

  private static List<String> pieces(String text) {
    byte[] bytes = new byte[0];
    int[] ids = TOKENIZER.tokenize(text);
    for (int id : ids) {
      byte[] more = TOKENIZER.bytes(id);
      bytes = Arrays.copyOf(bytes, bytes.length + more.length);
      System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
    }
    return Arrays.stream(ids).allMatch(id -> isWhole(TOKENIZER.bytes(id)))
        ? Arrays.stream(ids).mapToObj(id -> TOKENIZER.token(id).text()).toList()
        : List.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static boolean isWhole(byte[] bytes) {
    return !new String(bytes, StandardCharsets.UTF_8).contains("\uFFFD");
  }
}
