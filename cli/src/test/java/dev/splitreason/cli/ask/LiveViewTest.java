package dev.splitreason.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.output.Highlight;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LiveViewTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LiveView view = view(Highlight.BRACKETS);

  @Test
  void theLargeModelsWordsStandInBracketsInPlaceOfTheTags() {
    view.onText(Author.SMALL, "37*48=1<bigmodel>");
    view.onText(Author.LARGE, "7");
    view.onText(Author.LARGE, "7");
    view.onText(Author.SMALL, "</bigmodel>6");
    view.close();

    assertThat(shown()).isEqualTo("37*48=1⟦77⟧6\n");
  }

  @Test
  void onATerminalTheyAreColoured() {
    try (LiveView colored = view(Highlight.COLOR)) {
      colored.onText(Author.SMALL, "a");
      colored.onText(Author.LARGE, "b");
      colored.onText(Author.SMALL, "c");
    }

    assertThat(shown()).isEqualTo("a\u001b[1;35mb\u001b[0mc\n");
  }

  @Test
  void controlCharactersOfAModelAreShownAndDoNothing() {
    try (LiveView colored = view(Highlight.COLOR)) {
      colored.onText(Author.SMALL, "a\u001b[2Jb\u0007");
      colored.onText(Author.LARGE, "\u009b1A\r!\u007f\n\té\r\n");
    }

    assertThat(shown()).isEqualTo("a␛[2Jb␇\u001b[1;35m\ufffd1A␍!␡\n\té\n\u001b[0m\n");
  }

  @Test
  void tagsThatComeInPiecesAreNotShownEither() {
    view.onText(Author.SMALL, "1 < 2 <big");
    view.onText(Author.SMALL, "model");
    view.onText(Author.SMALL, ">");
    view.onText(Author.LARGE, "x");
    view.onText(Author.SMALL, "</");
    view.onText(Author.SMALL, "bigmodel>!");
    view.close();

    assertThat(shown()).isEqualTo("1 < 2 ⟦x⟧!\n");
  }

  @Test
  void whatOnlyBeginsLikeATagIsShownInTheEnd() {
    view.onText(Author.SMALL, "a <big");
    assertThat(shown()).isEqualTo("a ");
    view.close();

    assertThat(shown()).isEqualTo("a <big\n");
  }

  @Test
  void tagsInTheLargeModelsWordsAreItsWords() {
    view.onText(Author.LARGE, "<bigmodel>");
    view.close();

    assertThat(shown()).isEqualTo("⟦<bigmodel>⟧\n");
  }

  @Test
  void anAnswerThatBreaksOffInASpanIsLeftInOrder() {
    view.onText(Author.LARGE, "7");
    view.close();

    assertThat(shown()).isEqualTo("⟦7⟧\n");
  }

  @Test
  void anAnswerThatNeverBeganShowsNothing() {
    view.close();

    assertThat(shown()).isEmpty();
  }

  private LiveView view(Highlight highlight) {
    return new LiveView(
        new Stdout(out), new PrintWriter(new StringWriter()), highlight, TagSpelling.BIGMODEL);
  }

  private String shown() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
