package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The method in small: learned tags that are single tokens, one vocabulary, greedy. */
@Timeout(60)
class SplitDecoderTest {

  private static final SplitOptions SEQUENTIAL = SplitOptions.DEFAULT.withPipelined(false);

  private static final Language SMALL =
      Language.script("12+21=<bigmodel>33</bigmodel>.\nSo <bigmodel>three</bigmodel>!");
  private static final Language LARGE = Language.script("12+21=33.\nSo three!");

  @Test
  void theLargeModelWritesWhatIsBetweenTheTags() {
    Trace trace = Play.of(SMALL, LARGE).decode();

    assertThat(Play.show(trace))
        .isEqualTo("12+21=<bigmodel>⟦33⟧</bigmodel>.\nSo <bigmodel>⟦three⟧</bigmodel>!");
    assertThat(trace.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(trace.degraded()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aSpanClosesInsideATokenOfTheLargeModelWhichIsKeptWhole(int chunk) {
    Vocabulary merged = new Vocabulary(List.of(".\n\n"), List.of("<bigmodel>", "</bigmodel>"));
    List<String> known = List.of("1<bigmodel>2.</bigmodel>", "1<bigmodel>2.\n\n</bigmodel>So");
    Language small =
        text ->
            known.stream()
                .filter(script -> script.startsWith(text))
                .findFirst()
                .map(script -> script.substring(text.length()))
                .orElse("");
    Play play =
        new Play(
            new ScriptedModel(merged, small),
            new ScriptedModel(merged, Language.script("12.\n\nThe large one goes on")));

    assertThat(Play.show(play.withChunk(chunk).decode()))
        .isEqualTo("1<bigmodel>⟦2.\n\n⟧</bigmodel>So");
  }

  @Test
  void tagsCountAsTheSmallModels() {
    Trace trace = Play.of(SMALL, LARGE).decode();

    assertThat(trace.usage().smallTokens()).isEqualTo("12+21=.\nSo !".length() + 4);
    assertThat(trace.usage().largeTokens()).isEqualTo("33three".length());
  }

  @Test
  void theSmallModelSeesTheHintAndTheTags() {
    Play play = Play.of(SMALL, LARGE);
    play.decode();

    assertThat(play.small.decodedFrom)
        .containsExactly(
            Play.SMALL_PROMPT,
            Play.SMALL_PROMPT + "12+21=<bigmodel>33</bigmodel>",
            Play.SMALL_PROMPT + "12+21=<bigmodel>33</bigmodel>.\nSo <bigmodel>three</bigmodel>");
  }

  @Test
  void theLargeModelSeesNeither() {
    Play play = Play.of(SMALL, LARGE);
    play.decode(SEQUENTIAL);

    String kept = Play.LARGE_PROMPT + "12+21=33.\nSo three";
    assertThat(play.large.decodedFrom)
        .contains(Play.LARGE_PROMPT + "12+21=", Play.LARGE_PROMPT + "12+21=33.\nSo ")
        .allSatisfy(seen -> assertThat(kept).startsWith(seen));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsPrefilledTwice(boolean pipelined) {
    Play play = Play.of(SMALL, LARGE);
    Trace trace = play.decode(SplitOptions.DEFAULT.withPipelined(pipelined));
    int discarded = trace.usage().discardedTokens();

    assertThat(play.small.evaluated.get())
        .isEqualTo(trace.usage().smallPrefilled() + trace.usage().smallTokens())
        .isBetween(
            tokens(Play.SMALL_PROMPT + trace.text()),
            tokens(Play.SMALL_PROMPT + trace.text()) + discarded);
    int visible = tokens(Play.LARGE_PROMPT + "12+21=33.\nSo three");
    assertThat(play.large.evaluated.get()).isBetween(visible, visible + 1 + discarded);
    assertThat(trace.usage().largePrefilled())
        .isBetween(
            visible - trace.usage().largeTokens(), visible + 1 - trace.usage().largeTokens());
  }

  private static int tokens(String text) {
    return Vocabulary.TAGGED.tokenizeWithControl(text).length;
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "3, 2", "5, 3", "8, 3", "13, 3"})
  void sequentiallyWhatComesBeforeTheNextLookIsDiscarded(int chunk, int discarded) {
    Play play =
        Play.of(
            Language.script("<bigmodel>12345</bigmodel>."),
            Language.repeating("12345678901234567890"));
    Trace trace = play.withChunk(chunk).decode(SEQUENTIAL);

    assertThat(trace.text()).isEqualTo("<bigmodel>12345</bigmodel>.");
    assertThat(trace.usage().discardedTokens()).isEqualTo(discarded);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSpanClosesAtItsCap(boolean pipelined) {
    Language neverCloses =
        text -> text.isEmpty() ? "<bigmodel>" : text.endsWith("</bigmodel>") ? "." : "";
    Trace trace =
        Play.of(neverCloses, Language.repeating("abc"))
            .withChunk(4)
            .withSpanCap(6)
            .decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    assertThat(Play.show(trace)).isEqualTo("<bigmodel>⟦abcabc⟧</bigmodel>.");
    assertThat(trace.usage().discardedTokens()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAnswerEndsWhereTheLargeModelEndsIt(boolean pipelined) {
    Trace trace =
        Play.of(Language.script("a<bigmodel>bcdef</bigmodel>g"), Language.script("abcd"))
            .decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    assertThat(Play.show(trace)).isEqualTo("a<bigmodel>⟦bcd⟧</bigmodel>");
    assertThat(trace.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEndBeyondThePlaceWhereTheSpanClosesIsIgnored(boolean pipelined) {
    Trace trace =
        Play.of(Language.script("a<bigmodel>bc</bigmodel>xy"), Language.script("abcd"))
            .decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    assertThat(Play.show(trace)).isEqualTo("a<bigmodel>⟦bc⟧</bigmodel>xy");
  }

  @Test
  void aSpanMayFollowAnotherDirectly() {
    Trace trace =
        Play.of(
                Language.script("<bigmodel>a</bigmodel><bigmodel>b</bigmodel>c"),
                Language.script("abc"))
            .decode();

    assertThat(Play.show(trace)).isEqualTo("<bigmodel>⟦a⟧</bigmodel><bigmodel>⟦b⟧</bigmodel>c");
  }

  @Test
  void theLargeModelAlwaysWritesOneTokenAtLeast() {
    Trace trace =
        Play.of(
                text ->
                    text.isEmpty()
                        ? "<bigmodel></bigmodel>"
                        : text.endsWith(">a")
                            ? "</bigmodel>"
                            : text.endsWith("<bigmodel>") ? "</bigmodel>" : "",
                Language.script("ab"))
            .decode();

    assertThat(Play.show(trace)).isEqualTo("<bigmodel>⟦a⟧</bigmodel>");
  }

  @Test
  void aStrayCloseTagIsNotDrawn() {
    Trace trace =
        Play.of(text -> text.isEmpty() ? "</bigmodel>" : "", Language.script("a")).decode();

    assertThat(trace.text()).doesNotContain("<");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTagThatTheLargeModelSpellsEndsTheSpanBeforeIt(boolean pipelined) {
    ScriptedModel large =
        new ScriptedModel(Vocabulary.BYTES, Language.script("ab<bigmodel>cdefghijklmnopq"))
            .withLag(3);
    ScriptedModel small =
        new ScriptedModel(
            Vocabulary.TAGGED,
            text ->
                text.isEmpty()
                    ? "<bigmodel>"
                    : text.endsWith("</bigmodel>") ? "." : text.endsWith(".") ? "" : "x");
    Trace trace =
        new Play(small, large).withChunk(4).decode(SplitOptions.DEFAULT.withPipelined(pipelined));

    assertThat(Play.show(trace)).isEqualTo("<bigmodel>⟦ab⟧</bigmodel>.");
  }
}
