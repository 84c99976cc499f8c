package dev.splitreason.core.tag;

import static dev.splitreason.core.tag.TagSpelling.BIGMODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagEvent.Kind;
import dev.splitreason.core.tag.TagEvent.Tag;
import dev.splitreason.core.tag.TagEvent.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TagAutomatonTest {

  /** A stream and the spelling to look for in it. */
  record Case(TagSpelling tags, String text) {}

  @Property(tries = 3000)
  void anyPiecesGiveTheEventsThatARegexFindsInTheWhole(
      @ForAll("cases") Case example,
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 6) Integer> sizes) {
    assertThat(joined(feed(example, sizes))).isEqualTo(byRegex(example));
  }

  @Property
  void eventsJoinedAreTheStream(
      @ForAll("cases") Case example,
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 6) Integer> sizes) {
    int at = 0;
    for (TagEvent event : feed(example, sizes)) {
      assertThat(event.start()).isEqualTo(at);
      at = event.end();
      switch (event) {
        case Text(String text, int start, int end) ->
            assertThat(text).isNotEmpty().isEqualTo(example.text.substring(start, end));
        case Tag(Kind kind, int start, int end) ->
            assertThat(example.text.substring(start, end))
                .isEqualTo(kind == Kind.OPEN ? example.tags.open() : example.tags.close());
      }
    }
    assertThat(at).isEqualTo(example.text.length());
  }

  @Property
  void holdsBackExactlyWhatMayStillBecomeATag(@ForAll("cases") Case example) {
    TagAutomaton automaton = new TagAutomaton(example.tags);
    int afterLastTag =
        automaton.feed(example.text).stream()
            .filter(Tag.class::isInstance)
            .mapToInt(TagEvent::end)
            .max()
            .orElse(0);

    int from = afterLastTag;
    while (!example.tags.open().startsWith(example.text.substring(from))
        && !example.tags.close().startsWith(example.text.substring(from))) {
      from++;
    }
    assertThat(automaton.held()).isEqualTo(example.text.substring(from));
  }

  @Test
  void tagsAreFoundAfterBeginningsOfTagsThatCameToNothing() {
    assertThat(BIGMODEL.events("<<bigmodel>"))
        .containsExactly(new Text("<", 0, 1), new Tag(Kind.OPEN, 1, 11));
    assertThat(BIGMODEL.events("</bigm</bigmodel>"))
        .containsExactly(new Text("</bigm", 0, 6), new Tag(Kind.CLOSE, 6, 17));
    assertThat(BIGMODEL.events("<bigmodel<bigmodel>"))
        .containsExactly(new Text("<bigmodel", 0, 9), new Tag(Kind.OPEN, 9, 19));
  }

  @Test
  void textIsGivenOutAsSoonAsItIsNoTag() {
    TagAutomaton automaton = new TagAutomaton(BIGMODEL);

    assertThat(automaton.feed("a<")).containsExactly(new Text("a", 0, 1));
    assertThat(automaton.held()).isEqualTo("<");
    assertThat(automaton.feed("/big")).isEmpty();
    assertThat(automaton.feed("ger")).containsExactly(new Text("</bigger", 1, 9));
    assertThat(automaton.held()).isEmpty();
    assertThat(automaton.feed("<b")).isEmpty();
    assertThat(automaton.finish()).containsExactly(new Text("<b", 9, 11));
  }

  @Test
  void unicodeAroundTagsIsCountedInUtf16Units() {
    assertThat(BIGMODEL.events("😀<bigmodel>é</bigmodel>"))
        .containsExactly(
            new Text("😀", 0, 2),
            new Tag(Kind.OPEN, 2, 12),
            new Text("é", 12, 13),
            new Tag(Kind.CLOSE, 13, 24));
  }

  @Test
  void aFinishedAutomatonBeginsANewStream() {
    TagAutomaton automaton = new TagAutomaton(BIGMODEL);
    automaton.feed("x<bigmo");
    automaton.finish();

    assertThat(automaton.feed("del>y")).containsExactly(new Text("del>y", 0, 5));
  }

  /** Spellings that overlap with themselves and each other, and streams of their fragments. */
  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<TagSpelling> spellings =
        Arbitraries.of(
            BIGMODEL,
            new TagSpelling("abab", "baa"),
            new TagSpelling("aab", "aaa"),
            new TagSpelling("[", "]"),
            new TagSpelling("⟦漢", "😀⟧"));
    return spellings.flatMap(
        tags -> {
          Arbitrary<String> fragment =
              Combinators.combine(
                      Arbitraries.of(tags.open(), tags.close()),
                      Arbitraries.integers().between(0, 12),
                      Arbitraries.integers().between(0, 12))
                  .as(TagAutomatonTest::cut);
          Arbitrary<String> whole = Arbitraries.of(tags.open(), tags.close(), "x", "é", "\uD83D");
          return Arbitraries.oneOf(fragment, whole)
              .list()
              .ofMaxSize(12)
              .map(parts -> new Case(tags, String.join("", parts)));
        });
  }

  private static String cut(String tag, int from, int to) {
    int end = Math.min(to, tag.length());
    return tag.substring(Math.min(from, end), end);
  }

  private static List<TagEvent> feed(Case example, List<Integer> sizes) {
    TagAutomaton automaton = new TagAutomaton(example.tags);
    List<TagEvent> events = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      int to = Math.min(example.text.length(), from + size);
      events.addAll(automaton.feed(example.text.substring(from, to)));
      from = to;
    }
    events.addAll(automaton.feed(example.text.substring(from)));
    events.addAll(automaton.finish());
    return events;
  }

  private static List<TagEvent> joined(List<TagEvent> events) {
    List<TagEvent> joined = new ArrayList<>();
    for (TagEvent event : events) {
      if (event instanceof Text(String text, int _, int end)
          && !joined.isEmpty()
          && joined.getLast() instanceof Text(String before, int start, int _)) {
        joined.set(joined.size() - 1, new Text(before + text, start, end));
      } else {
        joined.add(event);
      }
    }
    return joined;
  }

  private static List<TagEvent> byRegex(Case example) {
    String open = Pattern.quote(example.tags.open());
    String close = Pattern.quote(example.tags.close());
    Matcher matcher = Pattern.compile("(" + open + ")|" + close).matcher(example.text);
    List<TagEvent> events = new ArrayList<>();
    int from = 0;
    while (matcher.find()) {
      addText(events, example.text, from, matcher.start());
      Kind kind = matcher.group(1) == null ? Kind.CLOSE : Kind.OPEN;
      events.add(new Tag(kind, matcher.start(), matcher.end()));
      from = matcher.end();
    }
    addText(events, example.text, from, example.text.length());
    return events;
  }

  private static void addText(List<TagEvent> events, String text, int from, int to) {
    if (from < to) {
      events.add(new Text(text.substring(from, to), from, to));
    }
  }
}
