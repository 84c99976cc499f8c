package dev.splitreason.core.piece;

import static dev.splitreason.core.trace.Author.LARGE;
import static dev.splitreason.core.trace.Author.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** An answer's text as clients get it: without tags, reasoning apart, up to its stop text. */
class PieceCutterTest {

  private static final String TEXT = "1+<bigmodel>77</bigmodel>2\n</think>\n<answer>3</answer>";

  private final List<Piece> pieces = new ArrayList<>();

  @Test
  void takes_tags_out_and_tells_the_authors() {
    PieceCutter cutter = cutter(true, Stops.NONE);

    cutter.write(SMALL, "1+<big");
    cutter.write(SMALL, "model>");
    cutter.write(LARGE, "77");
    cutter.write(SMALL, "</bigmodel>2</think>ok");
    cutter.finish();

    assertThat(pieces)
        .containsExactly(
            new Piece(Channel.REASONING, SMALL, 0, "1+"),
            new Piece(Channel.REASONING, LARGE, 1, "77"),
            new Piece(Channel.REASONING, SMALL, 2, "2"),
            new Piece(Channel.ANSWER, SMALL, 2, "ok"));
    assertThat(cutter.texts()).isEqualTo(new Texts("1+772", "ok"));
  }

  @Property
  void wherever_the_pieces_are_cut_the_texts_are_the_same(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 9) Integer> lengths) {
    List<Piece> given = new ArrayList<>();
    var cutter = new PieceCutter(TagSpelling.BIGMODEL, true, true, Stops.NONE, given::add);

    write(cutter, lengths, SMALL);

    assertThat(cutter.texts()).isEqualTo(new Texts("1+772\n", "\n<answer>3</answer>"));
    assertThat(given.stream().map(Piece::text)).doesNotContain("");
  }

  @Property
  void a_stop_text_ends_it_wherever_the_pieces_are_cut(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 9) Integer> lengths) {
    var stops = new Stops(List.of("answer>3", "wer>"), false);
    var cutter = new PieceCutter(TagSpelling.BIGMODEL, true, true, stops, piece -> {});

    write(cutter, lengths, SMALL);

    assertThat(cutter.texts().answer()).isIn("\n<", "\n<ans");
    assertThat(cutter.stoppedBy()).isIn("answer>3", "wer>");
  }

  @Test
  void a_stop_text_may_be_kept() {
    PieceCutter cutter = cutter(true, new Stops(List.of("7", "2"), true));

    cutter.write(SMALL, "1277");

    assertThat(cutter.stoppedBy()).isEqualTo("2");
    assertThat(cutter.texts().reasoning()).isEqualTo("12");
  }

  @Test
  void a_text_that_begins_with_the_mark_of_reasoning_reasons() {
    PieceCutter cutter = cutter(false, Stops.NONE);

    cutter.write(SMALL, "\n<th");
    cutter.write(SMALL, "ink>so</think>yes");
    cutter.finish();

    assertThat(cutter.texts()).isEqualTo(new Texts("so", "yes"));
  }

  @Test
  void a_text_that_does_not_is_an_answer() {
    PieceCutter cutter = cutter(false, Stops.NONE);

    cutter.write(SMALL, " <");
    cutter.write(SMALL, "b>yes</think>");
    cutter.finish();

    assertThat(cutter.texts()).isEqualTo(new Texts("", " <b>yes</think>"));
  }

  @Test
  void reasoning_that_never_ends_is_no_answer() {
    PieceCutter cutter = cutter(true, Stops.NONE);

    cutter.write(SMALL, "1+1</thi");
    cutter.finish();

    assertThat(cutter.texts()).isEqualTo(new Texts("1+1</thi", ""));
  }

  private PieceCutter cutter(boolean thinking, Stops stops) {
    return new PieceCutter(TagSpelling.BIGMODEL, true, thinking, stops, pieces::add);
  }

  private static void write(PieceCutter cutter, List<Integer> lengths, Author author) {
    int from = 0;
    for (int length : lengths) {
      int to = Math.min(TEXT.length(), from + length);
      if (to > from) {
        cutter.write(author, TEXT.substring(from, to));
      }
      from = to;
    }
    if (from < TEXT.length()) {
      cutter.write(author, TEXT.substring(from));
    }
    cutter.finish();
  }
}
