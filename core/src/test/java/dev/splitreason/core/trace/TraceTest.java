package dev.splitreason.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagSpelling;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {

  @Test
  void the_answer_is_what_the_text_marks_as_such_whoever_wrote_it() {
    Trace trace =
        trace(
            SpanSettings.DEFAULT,
            new Segment(Author.SMALL, "6*7=<bigmodel>", 5, 0, 1),
            new Segment(Author.LARGE, "4", 1, 1, 2),
            new Segment(Author.SMALL, "</bigmodel>2</think>So \\boxed{<bigmodel>", 9, 2, 3),
            new Segment(Author.LARGE, "42", 1, 3, 4),
            new Segment(Author.SMALL, "</bigmodel>}", 2, 4, 5));

    assertThat(trace.answer()).isEqualTo("42");
  }

  @Test
  void the_answer_is_without_the_pairs_own_tags() {
    var spans = new SpanSettings(new TagSpelling("[[", "]]"), 8, 512);

    assertThat(trace(spans, new Segment(Author.SMALL, "</think>It is [[4]]2", 9, 0, 1)).answer())
        .isEqualTo("It is 42");
  }

  @Test
  void an_empty_trace_has_an_empty_answer() {
    assertThat(trace(SpanSettings.DEFAULT).answer()).isEmpty();
  }

  private static Trace trace(SpanSettings spans, Segment... segments) {
    return new Trace(
        List.of(segments),
        new Usage(0, 0, 0, 0, 0),
        FinishReason.STOP,
        false,
        null,
        0,
        List.of(),
        spans);
  }
}
