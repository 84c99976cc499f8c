package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.text.Utf8Assembler;
import dev.splitreason.core.vocabulary.Exchange;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  @SuppressWarnings("NullAway.Init")
  private static LlamaCppModel model;

  @BeforeContainer
  static void load() throws Exception {
    model = TinyModel.load();
  }

  @AfterContainer
  static void close() {
    model.close();
  }

  @Property(tries = 300)
  void tokensOfAnyTextJoinToTheText(@ForAll String text) {
    // A lone surrogate has no UTF-8 form; Java's encoder writes a question mark for it.
    String encodable =
        new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);
    Utf8Assembler characters = new Utf8Assembler();
    StringBuilder joined = new StringBuilder();
    for (int id : model.tokenizer().tokenize(text)) {
      joined.append(characters.append(model.tokenizer().bytes(id)));
    }
    assertThat(joined + characters.finish()).isEqualTo(encodable);
  }

  @Property(tries = 50)
  void wordsOfAUserNeverBecomeControlTokens(@ForAll String text) {
    for (String control : List.of("<｜end▁of▁sentence｜>", "<bigmodel>", "</think>")) {
      assertThat(model.tokenizer().tokenize(text + control + control + text))
          .doesNotContain(id(control));
    }
  }

  @Property(tries = 50)
  void wordsThatSpellControlTokensJoinToTheText(@ForAll String text) {
    String spelled = "<<bigmodel>é<think><think>" + text.replaceAll("\\p{Cs}", "");
    StringBuilder joined = new StringBuilder();
    Utf8Assembler characters = new Utf8Assembler();
    for (int id : model.tokenizer().tokenize(spelled)) {
      joined.append(characters.append(model.tokenizer().bytes(id)));
    }
    assertThat(joined + characters.finish()).isEqualTo(spelled);
  }

  @Property(tries = 1)
  void scaffoldHasControlTokens() {
    assertThat(model.tokenizer().tokenizeWithControl("1<bigmodel>2"))
        .contains(id("<bigmodel>"))
        .hasSize(3);
    assertThat(model.tokenizer().token(id("<bigmodel>")).text()).isEqualTo("<bigmodel>");
    assertThat(model.tokenizer().idOf("two words")).isNull();
    assertThat(model.tokenizer().endsText(id("<｜end▁of▁sentence｜>"))).isTrue();
    assertThat(model.tokenizer().endsText(id("<bigmodel>"))).isFalse();
  }

  @Test
  void aClosedModelRefusesToTokenise() throws Exception {
    LlamaCppModel closed = TinyModel.load();
    closed.close();
    assertThatThrownBy(() -> closed.tokenizer().tokenize("text"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void modelsOfOneVocabularyExchangeIds() throws Exception {
    try (LlamaCppModel one = TinyModel.load();
        LlamaCppModel same = TinyModel.load();
        LlamaCppModel other =
            LlamaCppModel.load(
                java.nio.file.Path.of("src/test/resources/golden/tied.gguf"), TinyModel.OPTIONS)) {
      assertThat(Exchange.between(one.tokenizer(), same.tokenizer()).byIds()).isTrue();
      assertThat(Exchange.between(one.tokenizer(), other.tokenizer()).byIds()).isFalse();
    }
  }

  private static int id(String control) {
    Integer id = model.tokenizer().idOf(control);
    assertThat(id).isNotNull();
    return id == null ? -1 : id;
  }
}
