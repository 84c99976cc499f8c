package dev.splitreason.core.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSpellingTest {

  @ParameterizedTest
  @CsvSource({"a, xay", "xay, a", "same, same", "' ', b", "a, ''"})
  void tagsThatCannotBeToldApartAreRefused(String open, String close) {
    assertThatThrownBy(() -> new TagSpelling(open, close))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not contain each other");
  }

  @Test
  void normalisingLeavesCloseTagsWithoutASlashAlone() {
    assertThat(new TagSpelling("[", "]").normalise("[a\\]")).isEqualTo("[a\\]");
  }
}
