package dev.splitreason.data.tagged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.tag.TagStructure.Fault;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.data.stats.TraceFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaggedTextTest {

  private static final TagSpelling TAGS = TagSpelling.BIGMODEL;

  @Test
  void spansCountTheTextWithoutItsTags() {
    TaggedText text = TaggedText.of("ab<bigmodel>cde</bigmodel>f<bigmodel>g<\\bigmodel>hij", TAGS);

    assertThat(text)
        .isEqualTo(
            new TaggedText("abcdefghij", List.of(new Span(2, 5), new Span(6, 7)), null, List.of()));
    assertThat(text.spans()).extracting(text::content).containsExactly("cde", "g");
    assertThat(text.offloadShare()).isEqualTo(0.4);
  }

  @Test
  void aTextIsWrittenWithItsTagsAndReadBack() {
    TaggedText text = TaggedText.of("ab<bigmodel>cde<\\bigmodel>f<bigmodel>g</bigmodel>hij", TAGS);
    TagSpelling others = new TagSpelling("[[", "]]");

    assertThat(text.withTags(others)).isEqualTo("ab[[cde]]f[[g]]hij");
    assertThat(TaggedText.of(text.withTags(others), others)).isEqualTo(text);
  }

  @Test
  void tagsThatPairWithNoneAreDefects() {
    TaggedText text = TaggedText.of("</bigmodel>ab<bigmodel>c", TAGS);

    assertThat(text.defects()).containsExactly(Fault.STRAY_CLOSE, Fault.UNCLOSED);
    assertThat(text.text()).isEqualTo("abc");
    assertThat(TraceFilter.DEFAULT.keeps(text)).isFalse();
  }

  @Test
  void whatTheLargeModelWroteIsASpanAlsoWhereNoTagIsAroundIt() {
    TaggedText learned =
        TaggedText.of(List.of(small("1<bigmodel>"), large("77", 2), small("</bigmodel>6")), TAGS);
    TaggedText random = TaggedText.of(List.of(small("1"), large("77", 2), small("6")), TAGS);

    assertThat(learned).isEqualTo(random);
    assertThat(random)
        .isEqualTo(new TaggedText("1776", List.of(new Span(1, 3)), List.of(2), List.of()));
  }

  @Test
  void anAnswerCutInsideASpanHasAnUnclosedTag() {
    TaggedText cut = TaggedText.of(List.of(small("1<bigmodel>"), large("7", 1)), TAGS);

    assertThat(cut.defects()).containsExactly(Fault.UNCLOSED);
    assertThat(cut.spans()).containsExactly(new Span(1, 2));
  }

  private static Segment small(String text) {
    return new Segment(Author.SMALL, text, text.length(), 0, 0);
  }

  private static Segment large(String text, int tokens) {
    return new Segment(Author.LARGE, text, tokens, 0, 0);
  }
}
