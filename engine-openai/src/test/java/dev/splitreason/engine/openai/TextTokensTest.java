package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of text without ids. */
class TextTokensTest {

  /** Each character is a token, as in the bundled models. */
  private static final Tokenizer CHARACTERS = new CharacterTokenizer();

  @ParameterizedTest
  @ValueSource(strings = {"a", " Philadelphia", "é", "\n\n", " 123", "://", " don"})
  void aPartThatMayBeATokenIsOne(String part) {
    assertThat(new TextTokens(null).accept(chunk(part, null))).containsExactly(Token.ofText(part));
    assertThat(new TextTokens(CHARACTERS).accept(chunk(part, null))).hasSize(1);
  }

  /** So a server sent them: one event of 72 digits counted as one token. */
  @ParameterizedTest
  @CsvSource({"'777777777777777777777777777777777777777777777777777777777777777777777777',24,72"})
  void aPartThatNoTokenSpellsIsSeveral(String part, int least, int similar) {
    assertThat(new TextTokens(null).accept(chunk(part, null))).hasSize(least);
    assertThat(new TextTokens(CHARACTERS).accept(chunk(part, null))).hasSize(similar);
    assertThat(new TextTokens(null).accept(chunk("So the answer is 42", null))).hasSize(5);
  }

  @Test
  void theServersOwnCountIsTheTruth() {
    TextTokens tokens = new TextTokens(null);
    List<Token> all = new ArrayList<>();
    all.addAll(tokens.accept(counted("unbelievable", 3, null)));
    assertThat(all).hasSize(3);
    assertThat(tokens.accept(counted(" wo", 3, null))).as("its token comes later").isEmpty();
    all.addAll(tokens.accept(counted("nder", 4, null)));
    assertThat(all).hasSize(4);
    all.addAll(tokens.accept(counted("!", 4, "stop")));

    assertThat(all).hasSize(5);
    assertThat(text(all)).isEqualTo("unbelievable wonder!");
  }

  @Property(tries = 200)
  void noTextIsLostAndNoCharacterCut(
      @ForAll @Size(max = 9) List<String> parts,
      @ForAll @Size(min = 9, max = 9) List<@IntRange(min = -1, max = 5) Integer> more) {
    // A lone half of a character is mended before tokens are made.
    List<String> whole = parts.stream().map(TextTokensTest::withoutHalves).toList();
    TextTokens tokens = new TextTokens(CHARACTERS);
    List<Token> all = new ArrayList<>();
    int total = 0;
    for (int i = 0; i < whole.size(); i++) {
      total += Math.max(0, more.get(i));
      boolean told = more.get(i) >= 0;
      all.addAll(
          tokens.accept(
              counted(
                  whole.get(i),
                  told ? total : CompletionChunk.UNCOUNTED,
                  i == whole.size() - 1 ? "stop" : null)));
    }

    assertThat(text(all)).isEqualTo(String.join("", whole));
    assertThat(all).allSatisfy(token -> assertThat(token.text()).doesNotContain("\uFFFD"));
  }

  private static String withoutHalves(String text) {
    return text.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || (c > Character.MAX_SURROGATE && c != 0xFFFD))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static CompletionChunk chunk(String text, @Nullable String finish) {
    return counted(text, CompletionChunk.UNCOUNTED, finish);
  }

  private static CompletionChunk counted(String text, int total, @Nullable String finish) {
    return new CompletionChunk(text, CompletionChunk.NONE, total, finish);
  }

  private static String text(List<Token> tokens) {
    return tokens.stream().map(Token::text).collect(Collectors.joining());
  }
}
