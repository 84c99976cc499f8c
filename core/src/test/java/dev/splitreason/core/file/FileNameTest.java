package dev.splitreason.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"p.jsonl", "runs/p", "./p", "..\\p", "a b.json"})
  void aFolderOrAnEndingMakesAFile(String word) {
    assertThat(FileName.isMeant(word)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain", "chain:7", "paper-a100", "r1-1.5", "x:1.5b:32b", ""})
  void anythingElseMayBeAName(String word) {
    assertThat(FileName.isMeant(word)).isFalse();
  }
}
