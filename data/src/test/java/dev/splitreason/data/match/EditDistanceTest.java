package dev.splitreason.data.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.tag.TagSpelling;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class EditDistanceTest {

  private static final TagSpelling TAGS = TagSpelling.BIGMODEL;

  @Property
  void equalsTheDynamicProgrammeForPatternsOfOneToFourBlocks(
      @ForAll @CharRange(from = 'a', to = 'd') @StringLength(min = 1, max = 200) String pattern,
      @ForAll @CharRange(from = 'a', to = 'e') @StringLength(max = 150) String text) {
    assertThat(EditDistance.forward(view(pattern)).endingAt(view(text), 0, text.length()))
        .isEqualTo(lastRow(pattern, text, 0));
  }

  @Property
  void backwardEqualsTheDynamicProgrammeOfReversedTexts(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 130) String pattern,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 150) String text) {
    String mirrored = new StringBuilder(text).reverse().toString();
    assertThat(
            EditDistance.backward(view(pattern))
                .reachingBack(view(text), text.length(), text.length()))
        .isEqualTo(lastRow(new StringBuilder(pattern).reverse().toString(), mirrored, 1));
  }

  @Property
  void unitsBeyondAsciiAreToldApart(
      @ForAll @CharRange(from = '\u4e00', to = '\u4e05') @StringLength(min = 1, max = 90)
          String pattern,
      @ForAll @CharRange(from = '\u4e00', to = '\u4e07') @StringLength(max = 90) String text) {
    assertThat(EditDistance.forward(view(pattern)).endingAt(view(text), 0, text.length()))
        .isEqualTo(lastRow(pattern, text, 0));
  }

  private static NormalizedText view(String text) {
    return NormalizedText.of(text, TAGS);
  }

  /** The textbook recurrence; {@code rise} 1 if a match begins with the text, 0 if anywhere. */
  private static int[] lastRow(String pattern, String text, int rise) {
    int[] column = new int[pattern.length() + 1];
    for (int i = 0; i < column.length; i++) {
      column[i] = i;
    }
    int[] row = new int[text.length() + 1];
    row[0] = pattern.length();
    for (int j = 1; j <= text.length(); j++) {
      int diagonal = column[0];
      column[0] = rise * j;
      for (int i = 1; i < column.length; i++) {
        int substituted = diagonal + (pattern.charAt(i - 1) == text.charAt(j - 1) ? 0 : 1);
        diagonal = column[i];
        column[i] = Math.min(substituted, 1 + Math.min(column[i], column[i - 1]));
      }
      row[j] = column[pattern.length()];
    }
    return row;
  }
}
