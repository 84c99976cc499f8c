package dev.splitreason.data.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.TagWrapper;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SnippetMatcherProperties {

  private final SnippetMatcher matcher = new SnippetMatcher(MatchOptions.DEFAULT);
  private final TagWrapper wrapper = new TagWrapper(TagSpelling.BIGMODEL);

  /** A text and snippets: some cut from it, some of these altered, some from nowhere. */
  record Case(String text, List<String> snippets) {}

  @Property
  void wrappingThenStrippingGivesTheOriginal(@ForAll("cases") Case c) {
    String wrapped = wrapper.wrap(c.text, matcher.match(c.text, c.snippets).places());
    assertThat(wrapper.strip(wrapped)).isEqualTo(c.text);
  }

  @Property
  void spansAreOrderedDisjointAndInside(@ForAll("cases") Case c) {
    int previousEnd = -MatchOptions.DEFAULT_MERGE_GAP - 1;
    for (ScoredSpan span : matcher.match(c.text, c.snippets).spans()) {
      assertThat(span.start()).isGreaterThan(previousEnd + MatchOptions.DEFAULT_MERGE_GAP);
      assertThat(span.end()).isGreaterThan(span.start()).isLessThanOrEqualTo(c.text.length());
      assertThat(span.score()).isBetween(MatchOptions.DEFAULT_THRESHOLD, 1.0);
      previousEnd = span.end();
    }
  }

  @Property
  void anUnmodifiedSnippetIsFoundExactly(
      @ForAll("texts") String text, @ForAll("shares") double from, @ForAll("shares") double to) {
    int start = (int) (Math.min(from, to) * text.length());
    int end = (int) (Math.max(from, to) * text.length());
    String snippet = text.substring(start, end);
    Assume.that(!snippet.isBlank());
    int leftmost = text.indexOf(snippet);

    ScoredSpan span = matcher.match(text, List.of(snippet)).spans().getFirst();

    assertThat(span.score()).isEqualTo(1);
    assertThat(span.start()).isLessThanOrEqualTo(leftmost);
    assertThat(span.end()).isGreaterThanOrEqualTo(leftmost + snippet.length());
    // A border moves only out of a command, a tag, or a character of two units.
    assertThat(leftmost - span.start()).isLessThanOrEqualTo("</bigmodel>".length());
    assertThat(span.end() - leftmost - snippet.length())
        .isLessThanOrEqualTo("</bigmodel>".length());
  }

  @Property
  void noSurrogatePairIsCut(@ForAll("cases") Case c) {
    for (ScoredSpan span : matcher.match(c.text, c.snippets).spans()) {
      assertThat(cutsPair(c.text, span.start())).isFalse();
      assertThat(cutsPair(c.text, span.end())).isFalse();
    }
  }

  @Property
  void matchingIsDeterministic(@ForAll("cases") Case c) {
    assertThat(matcher.match(c.text, c.snippets)).isEqualTo(matcher.match(c.text, c.snippets));
  }

  @Property
  void everySnippetIsFoundOrListed(@ForAll("cases") Case c) {
    Matching matching = matcher.match(c.text, c.snippets);
    assertThat(c.snippets).containsAll(matching.unmatched());
    if (matching.unmatched().size() < c.snippets.size()) {
      assertThat(matching.spans()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<Double> shares() {
    return Arbitraries.doubles().between(0, 1);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "the ",
            "roots ",
            "are ",
            "$x_1 = 37$ ",
            "\\frac{a}{b} ",
            "\\,",
            "\\\\",
            "\n\n",
            "so ",
            "12",
            " ",
            "…",
            "...",
            "é",
            "e\u0301",
            "\ud83d\ude00",
            "𝑥",
            "</think>",
            "<",
            ">",
            "中文",
            "\u200b",
            "×",
            "\\times ",
            "\ufb01",
            "\ud800")
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<Case> cases() {
    return texts()
        .flatMap(
            text -> snippetsOf(text).list().ofMaxSize(5).map(snippets -> new Case(text, snippets)));
  }

  private Arbitrary<String> snippetsOf(String text) {
    Arbitrary<Integer> offsets = Arbitraries.integers().between(0, text.length());
    Arbitrary<String> cut =
        Combinators.combine(offsets, offsets)
            .as((a, b) -> text.substring(Math.min(a, b), Math.max(a, b)));
    Arbitrary<String> altered =
        Combinators.combine(
                cut, Arbitraries.integers().between(0, 1000), Arbitraries.chars().ascii())
            .as(SnippetMatcherProperties::replaceOne);
    List<Arbitrary<String>> kinds = new ArrayList<>(List.of(cut, altered, texts()));
    return Arbitraries.oneOf(kinds);
  }

  private static String replaceOne(String snippet, int where, char with) {
    if (snippet.isEmpty()) {
      return snippet;
    }
    int at = where % snippet.length();
    return snippet.substring(0, at) + with + snippet.substring(at + 1);
  }

  private static boolean cutsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }
}
