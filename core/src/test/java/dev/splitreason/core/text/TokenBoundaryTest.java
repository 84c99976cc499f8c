package dev.splitreason.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBoundaryTest {

  /** The published splitting rules, in Java's spelling. */
  enum PreTokeniser {
    GPT2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"),
    LLAMA3(
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    QWEN2(
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    DEEPSEEK_V3(
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
            + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    O200K(
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
            + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
            + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
    DIGITS_FROM_THE_RIGHT(
        "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}(?=(?:\\p{N}{3})*(?:\\P{N}|$))"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

    private final Pattern pattern;

    PreTokeniser(String pattern) {
      this.pattern = Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS);
    }

    /** The pre-tokens, and what the rule leaves out between them. */
    List<String> split(String text) {
      List<String> parts = new ArrayList<>();
      int end = 0;
      for (var matcher = pattern.matcher(text); matcher.find(); end = matcher.end()) {
        if (matcher.start() > end) {
          parts.add(text.substring(end, matcher.start()));
        }
        parts.add(matcher.group());
      }
      if (end < text.length()) {
        parts.add(text.substring(end));
      }
      return parts;
    }
  }

  @Property(tries = 4000)
  void splittingAtAnyBoundaryGivesTheSamePreTokens(
      @ForAll PreTokeniser rule, @ForAll("texts") String text) {
    for (int index = 1; index < text.length(); index++) {
      if (TokenBoundary.isAt(text, index)) {
        List<String> parts = new ArrayList<>(rule.split(text.substring(0, index)));
        parts.addAll(rule.split(text.substring(index)));
        assertThat(parts).as("cut at %d", index).isEqualTo(rule.split(text));
      }
    }
  }

  @Property
  void boundariesOfTheTextSoFarStayWhateverFollows(
      @ForAll("texts") String text, @ForAll("texts") String more) {
    int last = TokenBoundary.last(text);

    assertThat(last).isLessThan(Math.max(1, text.length()));
    assertThat(last == 0 || TokenBoundary.isAt(text + more, last)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'So the answer', 6",
    "'So the answer ', 13",
    "'see (2). Then', 8",
    "'76+29=05\n05-', 8",
    "'x is 5  \n', 6",
    "'因此答案是四。所以', 6",
    "'a\tb', 1",
  })
  void findsTheLastPlaceThatIsSafe(String text, int index) {
    assertThat(TokenBoundary.last(text)).isEqualTo(index);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        " a",
        "word",
        "12345",
        "f(x).\n",
        "\n\nNow",
        "it's",
        "é",
        "don’t",
        "a/b",
        "\u00a0a",
        "a\u00a0b",
        "。\n",
        "𝔽𝔽"
      })
  void findsNoneWhereTokenizersDisagree(String text) {
    assertThat(TokenBoundary.last(text)).isZero();
  }

  @Test
  void aHalfCharacterAtTheEndIsNoBoundary() {
    assertThat(TokenBoundary.last("a\uD83D")).isZero();
    assertThat(TokenBoundary.last("\uDE00 a")).isZero();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "Word",
            "THE",
            "é",
            "e\u0301",
            "漢字",
            "か",
            "𝔽",
            "ß",
            "1",
            "234",
            "٣",
            "½",
            "Ⅷ",
            " ",
            " ",
            "  ",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            "\u00a0",
            "\u2003",
            "\u3000",
            ".",
            ",",
            "'",
            "'s",
            "'LL",
            "’t",
            "-",
            "/",
            "\\frac{",
            "$",
            "(",
            ")",
            "。",
            "，",
            "！",
            "…",
            "😀",
            "\u200d",
            "\u0000",
            "_",
            "<bigmodel>",
            "</think>")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
