package dev.splitreason.core.tag;

import static dev.splitreason.core.tag.TagSpelling.BIGMODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagStructure.Defect;
import dev.splitreason.core.tag.TagStructure.Fault;
import dev.splitreason.core.tag.TagStructure.Span;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TagStructureTest {

  @Test
  void aSpanGoesFromAnOpenTagToTheNextCloseTag() {
    TagStructure structure = TagStructure.of("37*48=1<bigmodel>77</bigmodel>6", BIGMODEL);

    assertThat(structure.spans()).containsExactly(new Span(7, 17, 19, 30));
    assertThat(structure.sound()).isTrue();
  }

  @Test
  void tagsInTheWrongPlaceAreNamed() {
    TagStructure structure =
        TagStructure.of(
            "</bigmodel><bigmodel>a<bigmodel>b</bigmodel>c</bigmodel><bigmodel>", BIGMODEL);

    assertThat(structure.spans()).containsExactly(new Span(11, 21, 33, 44));
    assertThat(structure.defects())
        .containsExactly(
            new Defect(Fault.STRAY_CLOSE, 0, 11),
            new Defect(Fault.OPEN_INSIDE_OPEN, 22, 32),
            new Defect(Fault.STRAY_CLOSE, 45, 56),
            new Defect(Fault.UNCLOSED, 56, 66));
    assertThat(structure.sound()).isFalse();
  }

  @Test
  void thePublishedDataSetsCloseTagsAreReadAfterNormalising() {
    String published = "a<bigmodel>b<\\bigmodel>c \\frac";

    assertThat(TagStructure.of(published, BIGMODEL).sound()).isFalse();
    assertThat(BIGMODEL.normalise(published))
        .isEqualTo("a<bigmodel>b</bigmodel>c \\frac")
        .hasSameSizeAs(published);
    assertThat(TagStructure.of(BIGMODEL.normalise(published), BIGMODEL).sound()).isTrue();
  }

  @Property
  void wrappingSpansGivesASoundStructureOfThoseSpans(@ForAll("pieces") List<String> pieces) {
    TagStructure structure = TagStructure.of(alternatelyWrapped(pieces), BIGMODEL);

    List<String> wrapped = new ArrayList<>();
    for (int i = 1; i < pieces.size(); i += 2) {
      wrapped.add(pieces.get(i));
    }
    assertThat(structure.sound()).isTrue();
    assertThat(structure.spans())
        .extracting(s -> alternatelyWrapped(pieces).substring(s.contentStart(), s.contentEnd()))
        .isEqualTo(wrapped);
  }

  @Property
  void strippingUndoesWrapping(@ForAll("pieces") List<String> pieces) {
    assertThat(BIGMODEL.strip(alternatelyWrapped(pieces))).isEqualTo(String.join("", pieces));
  }

  @Test
  void strippingRemovesTagsThatAreNotPairedToo() {
    assertThat(BIGMODEL.strip("</bigmodel>a<bigmodel><bigmodel>b<bigmod")).isEqualTo("ab<bigmod");
  }

  /** Texts without a tag, even when joined, but with beginnings and ends of tags. */
  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of("", "x", "<", "</", "<bigmodel", "</bigmo", "bigmodel", "/", "😀", "\n")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts))
        .list()
        .ofMaxSize(9);
  }

  private static String alternatelyWrapped(List<String> pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      text.append(i % 2 == 0 ? pieces.get(i) : BIGMODEL.wrap(pieces.get(i)));
    }
    return text.toString();
  }
}
