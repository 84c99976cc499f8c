package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tags that are plain text to the small model: several tokens, whose borders lie anywhere. */
class PlainTextTagsTest {

  private static Play play(Vocabulary vocabulary, String small, String large) {
    return new Play(
        new ScriptedModel(vocabulary, Language.script(small)),
        new ScriptedModel(vocabulary, Language.script(large)));
  }

  @Property(tries = 150)
  void tagsMayBeSplitOverTokensInAnyWay(
      @ForAll @Size(max = 12) List<@IntRange(max = 30) Integer> cuts,
      @ForAll @IntRange(min = 1, max = 16) int chunk) {
    String script = "é1<bigmodel>字2</bigmodel>😀\n<bigmodel>b</bigmodel>";
    List<String> words = new ArrayList<>();
    for (int cut : cuts) {
      words.add(script.substring(Math.min(cut, 24), Math.min(cut + 3 + cut % 5, 30)));
    }
    words.removeIf(word -> !isWhole(word));
    Play play = play(new Vocabulary(words, List.of()), script, "é1字2😀\nb").withChunk(chunk);
    Trace trace = play.decode();

    assertThat(trace.text()).isEqualTo(script);
    assertThat(play.large.decodedFrom)
        .contains(Play.LARGE_PROMPT + "é1", Play.LARGE_PROMPT + "é1字2😀\n");
  }

  private static boolean isWhole(String word) {
    return !word.isEmpty()
        && !Character.isLowSurrogate(word.charAt(0))
        && !Character.isHighSurrogate(word.charAt(word.length() - 1))
        && word.indexOf('\n') <= 0;
  }

  @Timeout(60)
  @Test
  void aTokenOverTheBorderOfATagIsSpelledAnew() {
    Vocabulary crossing = new Vocabulary(List.of("1<big", "l>\n"), List.of());
    Trace trace = play(crossing, "1<bigmodel>2</bigmodel>3", "123").decode();

    assertThat(Play.show(trace)).isEqualTo("1<bigmodel>⟦2⟧</bigmodel>3");
  }

  @Timeout(60)
  @Test
  void theLargeModelDoesNotSeeAStrayCloseTagWhoseTokensCrossItsBorders() {
    Vocabulary crossing = new Vocabulary(List.of("a</big", "l>b"), List.of());
    Play play = play(crossing, "a</bigmodel>b<bigmodel>c</bigmodel>", "abc");
    Trace trace = play.decode();

    assertThat(Play.show(trace)).isEqualTo("a</bigmodel>b<bigmodel>⟦c⟧</bigmodel>");
    assertThat(play.large.decodedFrom.getFirst()).isEqualTo(Play.LARGE_PROMPT + "ab");
  }

  @Timeout(60)
  @Test
  void whatOnlyBeginsLikeATagIsText() {
    Trace trace = play(Vocabulary.BYTES, "1<big<bigmodel>2</bigmodel><bigmode", "1<big2").decode();

    assertThat(Play.show(trace)).isEqualTo("1<big<bigmodel>⟦2⟧</bigmodel><bigmode");
  }

  @Timeout(60)
  @Test
  void aTurnDoesNotEndInsideATag() {
    Play play =
        play(Vocabulary.BYTES, "123<bigmodel></bigmodel>4567<bigmodel>8</bigmodel>", "12345678");
    Trace trace = play.decode(SplitOptions.DEFAULT.withMaxOffloadRatio(0.08));

    assertThat(play.large.decodedFrom).noneMatch(view -> view.contains("<big"));
    assertThat(trace.text()).startsWith("123<bigmodel></bigmodel>4567<bigmodel>8");
  }

  @Timeout(60)
  @Test
  void anOpenTagAtTheVeryEndStaysOpen() {
    Trace trace =
        play(Vocabulary.BYTES, "12<bigmodel>3", "123")
            .decode(SplitOptions.DEFAULT.withMaxTokens("12<bigmodel>".length()));

    assertThat(trace.text()).isEqualTo("12<bigmodel>");
  }

  @Timeout(60)
  @Test
  void aSpanWithoutABreakIsReadBeforeItsEnd() {
    Play play =
        new Play(
            new ScriptedModel(
                Vocabulary.WORDS, Language.script("1<bigmodel>7777</bigmodel>, done")),
            new ScriptedModel(Vocabulary.BYTES, text -> "7".repeat(8)));
    Trace trace = play.withChunk(2).decode(SplitOptions.DEFAULT.withPipelined(false));

    assertThat(Play.show(trace)).isEqualTo("1<bigmodel>⟦7777⟧</bigmodel>, done");
    // Two looks of eight and a token on the way: not the 512 of a span's cap.
    assertThat(trace.usage().discardedTokens()).isLessThan(16);
  }
}
