package dev.splitreason.core.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.vocabulary.ListedTokens.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What two vocabularies exchange, and what the tokens of one are to the other. */
class ExchangeTest {

  private static final List<String> WORDS = List.of("ab", "abc", " a", "e ", ".<", "think", "</");

  private static Stream<Entry> texts() {
    return Stream.concat(
        IntStream.rangeClosed(' ', '~').mapToObj(letter -> Entry.text("" + (char) letter)),
        WORDS.stream().map(Entry::text));
  }

  private static ListedTokens vocabulary(Entry... more) {
    return new ListedTokens(Stream.concat(texts(), Stream.of(more)).toList());
  }

  private static int[] translated(Translation translation, Tokenizer from, int... ids) {
    return Arrays.stream(ids)
        .flatMap(id -> Arrays.stream(translation.ids(from.token(id))))
        .toArray();
  }

  @Property(tries = 100)
  void tokensOfTheSameSpellingsAreExchangedWhateverTheirIds(
      @ForAll long seed,
      @ForAll @IntRange(max = 20) int padding,
      @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '~') String text) {
    List<Entry> shuffled = new ArrayList<>(texts().toList());
    shuffled.add(Entry.control("</think>"));
    shuffled.add(Entry.control("<new>"));
    for (int row = 0; row < padding; row++) {
      shuffled.add(Entry.unused("[PAD" + row + "]"));
    }
    Collections.shuffle(shuffled, new Random(seed));
    ListedTokens other = new ListedTokens(shuffled);
    ListedTokens one = vocabulary(Entry.ender("<|im_end|>"), Entry.control("</think>"));
    Exchange exchange = Exchange.between(one, other);

    assertThat(exchange.byIds()).isTrue();
    assertThat(translated(exchange.oneToOther(), one, one.tokenize(text)))
        .isEqualTo(other.tokenize(text));
    assertThat(translated(exchange.otherToOne(), other, other.tokenize(text)))
        .isEqualTo(one.tokenize(text));
  }

  @Property(tries = 100)
  void wordsThatSpellAControlTokenStayWords(
      @ForAll @StringLength(max = 10) @CharRange(from = 'a', to = 'c') String around) {
    ListedTokens one = vocabulary(Entry.control("</think>"));
    ListedTokens other = vocabulary(Entry.unused("[PAD]"), Entry.control("</think>"));
    Exchange exchange = Exchange.between(one, other);
    String text = around + "</think>" + around;

    int[] crossed = translated(exchange.oneToOther(), one, one.tokenize(text));
    assertThat(Arrays.stream(crossed)).noneMatch(id -> other.kind(id) == TokenKind.CONTROL);
    assertThat(other.text(crossed)).isEqualTo(text);
  }

  @Test
  void paddingAndAddedTokensDoNotPartAFamily() {
    ListedTokens one = vocabulary(Entry.ender("<|im_end|>"));
    ListedTokens other = vocabulary(Entry.control("<think>"), Entry.unused("[PAD1]"));
    Exchange exchange = Exchange.between(one, other);

    assertThat(exchange.byIds()).isTrue();
    assertThat(exchange.sameIds()).isTrue();
    assertThat(exchange.why()).isEqualTo(one.size() - 1 + " text tokens mean the same to both");
    assertThat(Exchange.between(one, one).why()).isEqualTo("one vocabulary");
  }

  @Test
  void otherTextTokensPartTwoVocabularies() {
    ListedTokens one = vocabulary();
    ListedTokens shorter = new ListedTokens(texts().limit(90).toList());
    ListedTokens others =
        new ListedTokens(
            texts()
                .map(
                    entry ->
                        entry.spelling().length() == 1 ? entry : Entry.text(entry.spelling() + "!"))
                .toList());

    assertThat(Exchange.between(one, shorter).byIds()).isFalse();
    assertThat(Exchange.between(one, shorter).why())
        .isEqualTo("the vocabularies differ: 102 and 90 text tokens");
    assertThat(Exchange.between(one, others).byIds()).isFalse();
    assertThat(Exchange.between(one, others).why()).endsWith("7 are not spelled alike");
    assertThat(Exchange.between(one, others).oneToOther().ids(one.token(0))).isNull();
  }

  @Test
  void aControlTokenIsTheOthersControlTokenWhetherIdsOrTextAreExchanged() {
    ListedTokens one = vocabulary(Entry.control("</think>"), Entry.control("<mine>"));
    ListedTokens family = vocabulary(Entry.unused("[PAD]"), Entry.control("</think>"));
    ListedTokens stranger =
        new ListedTokens(
            Stream.concat(Stream.of(Entry.control("</think>")), texts().limit(90)).toList());
    int think = idOf(one, "</think>");
    int mine = idOf(one, "<mine>");

    assertThat(Exchange.between(one, family).sameIds()).isTrue();
    assertThat(Exchange.between(one, stranger).sameIds()).isFalse();
    Translation toFamily = Exchange.between(one, family).oneToOther();
    assertThat(toFamily.ids(one.token(think))).containsExactly(idOf(family, "</think>"));
    assertThat(toFamily.ids(one.token(mine))).isEqualTo(family.tokenize("<mine>"));

    Translation toStranger = Exchange.between(one, stranger).oneToOther();
    assertThat(toStranger.ids(one.token(think))).containsExactly(0);
    assertThat(toStranger.ids(one.token(mine))).isNull();
  }

  @Test
  void endsOfTurnsNeverCross() {
    // Ends the turn of the one only, of the other only, of neither as far as they tell.
    ListedTokens one =
        vocabulary(Entry.ender("<a>"), Entry.control("<b>"), Entry.control("<|eot_id|>"));
    ListedTokens other =
        vocabulary(Entry.control("<a>"), Entry.ender("<b>"), Entry.control("<|eot_id|>"));
    Translation translation = Exchange.between(one, other).oneToOther();

    for (String end : List.of("<a>", "<b>", "<|eot_id|>")) {
      assertThat(translation.ids(one.token(idOf(one, end)))).as(end).isEmpty();
    }
    Translation toText = Exchange.between(one, null).oneToOther();
    assertThat(toText.ids(one.token(idOf(one, "<a>")))).isEmpty();
    assertThat(toText.ids(one.token(idOf(one, "<b>")))).isNull();
  }

  @Test
  void aServerIsAskedForTheTokensOfOneText() {
    ListedTokens files = everyCharacter();
    ListedTokens sameFiles = everyCharacter();
    Unlisted served = new Unlisted(sameFiles, false);
    Unlisted other =
        new Unlisted(
            new ListedTokens(
                Stream.concat(Stream.of(Entry.text("!?")), files.entries().stream()).toList()),
            false);

    assertThat(Exchange.between(files, served).byIds()).isTrue();
    assertThat(Exchange.between(served, files).byIds()).isTrue();
    assertThat(Exchange.between(files, other).byIds()).isFalse();
    assertThat(Exchange.between(served, other).byIds()).isFalse();
  }

  @Test
  void aServerThatDoesNotAnswerExchangesTextUntilItDoes() {
    ListedTokens files = everyCharacter();
    Unlisted served = new Unlisted(files, true);

    assertThat(Exchange.between(files, served).byIds()).isFalse();
    assertThat(Exchange.between(files, served).why()).contains("gone for now");
    served.gone = false;
    assertThat(Exchange.between(files, served).byIds()).isTrue();
  }

  private static ListedTokens everyCharacter() {
    return new ListedTokens(
        ProbeText.of(null)
            .codePoints()
            .distinct()
            .mapToObj(Character::toString)
            .map(Entry::text)
            .toList());
  }

  private static int idOf(ListedTokens tokens, String spelling) {
    Integer id = tokens.idOf(spelling);
    assertThat(id).isNotNull();
    return id == null ? -1 : id;
  }

  /** What a server tells of a vocabulary. */
  private static final class Unlisted implements Tokenizer {
    private final ListedTokens tokens;
    boolean gone;

    Unlisted(ListedTokens tokens, boolean gone) {
      this.tokens = tokens;
      this.gone = gone;
    }

    @Override
    public int[] tokenize(String text) {
      if (gone) {
        throw new ModelException(ModelException.Kind.UNAVAILABLE, "gone for now");
      }
      return tokens.tokenize(text);
    }

    @Override
    public int[] tokenizeWithControl(String text) {
      return tokens.tokenizeWithControl(text);
    }

    @Override
    public byte[] bytes(int id) {
      return tokens.bytes(id);
    }

    @Override
    public boolean endsText(int id) {
      return false;
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public TokenKind kind(int id) {
      return tokens.kind(id);
    }

    @Override
    public boolean listed() {
      return false;
    }
  }
}
